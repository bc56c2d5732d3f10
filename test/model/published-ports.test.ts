import fc from "fast-check";
import { expect, test } from "vitest";
import { PUBLISHED_RANGE, publishedKey, publishedPorts } from "../../model/published-ports.js";
import { anyModel, modelOf } from "../program/random-model.js";

const boundBy = ({ services }: Parameters<typeof publishedPorts>[0]): number[] =>
  services.flatMap(({ ports }) => ports.flatMap(({ hostPort }) => (hostPort === null ? [] : [hostPort])));

test("each service port that a gateway routes to is published, and nothing else", () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      const routed = model.gateways.flatMap(({ routes }) => routes.map(publishedKey));
      expect(new Set(publishedPorts(model).keys())).toEqual(new Set(routed));
    }),
  );
});

test("a port that a service binds is kept; all others are apart from it and from each other", () => {
  fc.assert(
    fc.property(anyModel, (model) => {
      const bound = boundBy(model);
      const free: number[] = [];
      for (const [key, port] of publishedPorts(model)) {
        const [id, inner] = key.split(":");
        const own = model.services
          .find((service) => service.id === id)
          ?.ports.find((entry) => String(entry.port) === inner);
        if (typeof own?.hostPort === "number") expect(port).toBe(own.hostPort);
        else free.push(port);
      }
      expect(new Set(free).size).toBe(free.length);
      for (const port of free) {
        expect(bound).not.toContain(port);
        expect(port).toBeGreaterThanOrEqual(PUBLISHED_RANGE.first);
        expect(port).toBeLessThan(PUBLISHED_RANGE.first + PUBLISHED_RANGE.size);
      }
    }),
  );
});

test("a model without gateways publishes nothing", () => {
  expect(publishedPorts(modelOf([], [], [])).size).toBe(0);
});

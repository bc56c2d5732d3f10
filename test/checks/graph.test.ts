import fc from "fast-check";
import { expect, test } from "vitest";
import { callees, circles } from "../../checks/graph.js";
import { largeModel } from "./large.js";

/** Whether each of two services reaches the other, by walking. */
function reaches(edges: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set<string>();
  const queue = [...(edges.get(from) ?? [])];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (next === to) return true;
    if (seen.has(next)) continue;
    seen.add(next);
    queue.push(...(edges.get(next) ?? []));
  }
  return false;
}

test("services are in one circle exactly where each reaches the other", () => {
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(fc.nat(6), { maxLength: 3 }), { minLength: 2, maxLength: 7 }), (uses) => {
      const base = largeModel(1, uses.length);
      const services = base.services.map((service, index) => ({
        ...service,
        uses: uses[index]!.filter((callee) => callee !== index && callee < uses.length).map((callee) => ({
          as: `S${callee}`,
          to: { service: `service-${callee}` },
          port: 80,
        })),
      }));
      const edges = new Map(services.map((service) => [service.id, callees(service)]));
      const found = circles({ ...base, services });
      for (const { id: a } of services)
        for (const { id: b } of services)
          if (a !== b)
            expect(found.some((circle) => circle.includes(a) && circle.includes(b))).toBe(
              reaches(edges, a, b) && reaches(edges, b, a),
            );
    }),
  );
});

test("a circle of thousands is found", () => {
  const model = largeModel(1, 5_000);
  model.services[0]!.uses.push({ as: "LAST", to: { service: "service-4999" }, port: 80 });
  expect(circles(model).map(({ length }) => length)).toEqual([5_000]);
});

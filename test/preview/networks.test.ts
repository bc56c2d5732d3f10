import { expect, test } from "vitest";
import { found, listFor, type Step } from "./cases.js";

/** A service that one other calls; a third has nothing to do with them. */
const called: Step = (shop) => {
  shop.fleets["many"] = { machine: "m7i.large", size: 60 };
  const small = { on: ["many"], image: "acme/app:1.0.0", memory: "64MiB" as const };
  shop.services["stock"] = { ...small, port: 8080, replicas: 20 };
  shop.services["caller"] = { ...small, replicas: 20, uses: { STOCK: "stock" } };
  shop.services["bystander"] = { ...small };
};
const replicas =
  (count: number): Step =>
  ({ services }) =>
    void (services["stock"]!.replicas = count);
const rule = { rule: "interrupts", of: "caller" } as const;

test("a service that needs a larger network rolls onto it with those who call it, whose calls may fail until both have", () => {
  const list = listFor(called, replicas(200), rule);
  expect(found(list, "service:stock")).toMatchObject({
    action: "roll",
    weight: "warning",
    why: ["replicas changed", "its network has more addresses: it is another one"],
    effect: expect.arrayContaining(["calls of caller may fail until both sides have started anew on another network"]),
    marks: expect.arrayContaining(["downtime"]),
  });
  expect(found(list, "service:caller")).toMatchObject({
    action: "restart",
    why: ["the network of stock has more addresses: it is another one"],
  });
  expect(found(list, "service:bystander")).toBeUndefined();
  expect(list.clusters[0]?.policy).toMatchObject([{ on: "service:stock" }]);
});

test("the way back is the same", () => {
  const large: Step = (shop) => {
    called(shop);
    replicas(200)(shop);
  };
  const list = listFor(large, replicas(20), rule);
  expect(found(list, "service:caller")).toMatchObject({
    action: "restart",
    why: ["the network of stock has fewer addresses: it is another one"],
  });
  expect(list.clusters[0]?.policy).toMatchObject([{ on: "service:stock" }]);
});

test("within the same network more tasks touch nobody else", () => {
  const list = listFor(called, replicas(22), rule);
  expect(found(list, "service:stock")).toMatchObject({ why: ["replicas changed"], effect: ["2 tasks more"] });
  expect(list.clusters[0]?.changes).toHaveLength(1);
  expect(list.clusters[0]?.policy).toEqual([]);
});

test("a third service that begins to call it interrupts nobody: the network stays", () => {
  const list = listFor(called, ({ services }) => void (services["bystander"]!.uses = { STOCK: "stock" }), rule, {
    rule: "interrupts",
    of: "any",
  });
  expect(list.clusters[0]?.policy).toEqual([]);
});

test("networks that are encrypted from now on are others, and say so", () => {
  const list = listFor(called, (shop) => void (shop.cluster = { ...shop.cluster, encrypt: true }), rule);
  expect(found(list, "service:caller")?.why).toEqual(["its networks are encrypted from now on"]);
  expect(list.clusters[0]?.policy.map(({ on }) => on)).toContain("service:stock");
});

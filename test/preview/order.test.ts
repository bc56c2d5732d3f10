import { expect, test } from "vitest";
import type { ClusterChanges } from "../../preview/schema.js";
import { database, listFor, nothing, type Step } from "./cases.js";

const clusterOf = (make: Step, from = nothing): ClusterChanges => listFor(from, make).clusters[0]!;

test("what the engine replaces has its place in the order", () => {
  const { order } = clusterOf((shop) => {
    shop.gateways["public"]!.internal = true;
    shop.volumes["pgdata"] = { shared: true };
  }, database);
  expect(order[0]).toBe("ended and made anew by the engine: volume pgdata, gateway public");
});

test("another region is one thing, and not a list of everything", () => {
  const { changes, counts, moved, order } = clusterOf((shop) => (shop.platform.region = "eu-central-1"), database);
  expect(changes.map(({ id }) => id)).toEqual(["cluster:shop"]);
  expect(counts).toMatchObject({ replace: 1, change: 0 });
  expect(moved).toEqual([]);
  expect(order).toEqual([
    "made by the engine in eu-central-1: all of it; what is in eu-west-1 is not touched",
    "released by the managers once they have founded a swarm anew: all services",
  ]);
});

test("what is new in things themselves is told beside another region, and what is gone", () => {
  const { changes } = clusterOf((shop) => {
    shop.platform.region = "eu-central-1";
    shop.fleets["core"]!.machine = "m7i.xlarge";
    delete shop.services["postgres"];
  }, database);
  const [gone, core] = ["service:postgres", "fleet:core"].map((id) => changes.find((one) => one.id === id));
  expect(gone).toMatchObject({ action: "remove", effect: ["it is not among what is made anew"] });
  expect(core).toMatchObject({ action: "change", weight: "plain", why: ["machine changed"] });
  expect(core?.attributes.map(({ name }) => name)).toEqual(["machine"]);
});

test("another address range ends all VMs, and says so in the order", () => {
  const { order } = clusterOf((shop) => (shop.platform.cidr = "10.9.0.0/16"));
  expect(order[0]).toBe("ended and made anew by the engine: the network, with all VMs and load balancers in it");
});

test("tasks on VMs that are replaced move", () => {
  const { moved, changes } = clusterOf((shop) => (shop.fleets["core"]!.machine = "m7i.xlarge"));
  expect(changes.find(({ id }) => id === "fleet:core")?.effect.join()).toContain(`tasks of ${moved.length} services`);
  expect(moved.find(({ service }) => service === "redis-cart")).toMatchObject({ to: ["core/new"], stranded: 0 });
  expect(moved.map(({ service }) => service)).not.toContain("loadgenerator");
});

test("a service of which only the program's own words change is not among those that are released", () => {
  const postgres = (change: Partial<Parameters<Step>[0]["services"][string]>): ClusterChanges =>
    clusterOf(({ services }) => void Object.assign(services["postgres"]!, change), database);
  const names = postgres({ platforms: ["linux/amd64"] });
  expect(names.changes.map(({ id }) => id)).toEqual(["service:postgres"]);
  expect(names.order).toEqual([]);
  // A label touches no task, and is the swarm's to know.
  expect(postgres({ labels: { team: "a" } }).order).toEqual([
    "released by the managers, all at once, each at its own pace: service postgres",
  ]);
});

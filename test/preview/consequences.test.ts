import { describe, expect, test } from "vitest";
import type { PolicyRule } from "../../model/policy.js";
import { rolling } from "lightfleet";
import { as, database, found, listFor, nothing, tryAll, type Case, type Step } from "./cases.js";
import { listOf, write } from "./lists.js";

const cases: readonly Case[] = [
  {
    name: "a service with data on VMs that moves to others starts with none",
    from: database,
    make: (shop) => (shop.services["postgres"]!.on = ["core"]),
    ...{ id: "service:postgres", weight: "danger", marks: ["rolls", "data-loss"] },
    first: /^DATA LOSS: the data of pgdata stays on the VMs of data/,
  },
  {
    name: "a service that may run on one more fleet stays where it is",
    make: (shop) => (shop.services["adservice"]!.on = ["core", "load"]),
    ...{ id: "service:adservice", weight: "plain", marks: [] },
    first: /^no task is touched/,
  },
  {
    name: "a file with another content starts tasks anew, as one at another path does",
    from: (shop) => (shop.services["adservice"]!.files = { "/etc/ads.conf": "a" }),
    make: (shop) => (shop.services["adservice"]!.files = { "/etc/ads.conf": "b" }),
    ...{ id: "service:adservice", weight: "plain", marks: ["rolls"] },
    first: /at a time/,
  },
  {
    name: "a renamed fleet takes what runs on it down",
    make: (shop) => {
      shop.fleets["web"] = shop.fleets["core"]!;
      delete shop.fleets["core"];
      for (const service of Object.values(shop.services))
        service.on = service.on.map((id) => (id === "core" ? "web" : id));
    },
    ...{ id: "service:frontend", weight: "danger", marks: ["downtime"] },
    first: /^down until VMs of web have joined/,
  },
  {
    name: "fewer VMs lose the data on those that end",
    from: database,
    make: (shop) => (shop.fleets["data"]!.size = 2),
    ...{ id: "fleet:data", weight: "danger", marks: ["data-loss"] },
    first: /^DATA LOSS: the data of pgdata/,
  },
  {
    name: "a zone that is left takes its VMs with it",
    from: database,
    make: (shop) => (shop.fleets["data"]!.zones = ["a", "b"]),
    ...{ id: "fleet:data", weight: "danger", marks: ["data-loss"] },
    first: /^DATA LOSS/,
  },
  {
    name: "managers in a zone that the cluster leaves have to be ended by hand",
    make: (shop) => (shop.platform.zones = 2),
    ...{ id: "fleet:control", weight: "warning", marks: [] },
    first: /moves no manager by itself: end those in eu-west-1c/,
  },
  {
    name: "the only manager takes all services down",
    from: (shop) => (shop.cluster.control = { size: 1 }),
    make: (shop) => (shop.cluster.control = { size: 1, machine: "t4g.medium" }),
    ...{ id: "fleet:control", weight: "danger", marks: ["quorum", "downtime"] },
    first: /^the only manager is replaced, and the swarm is founded anew/,
  },
  {
    name: "another architecture needs other images",
    make: (shop) => (shop.fleets["load"]!.machine = "c7g.large"),
    ...{ id: "fleet:load", weight: "danger", marks: ["replaces"] },
    first: /./,
  },
  {
    name: "tasks that are counted otherwise are made anew",
    make: (shop) => {
      delete shop.services["adservice"]!.replicas;
      Object.assign(shop.services["adservice"]!, { everywhere: true });
    },
    ...{ id: "service:adservice", weight: "warning", marks: ["rolls", "downtime"] },
    first: /^Swarm cannot change how tasks are counted/,
  },
  {
    name: "a volume of another kind starts its services anew, with nothing in it",
    from: database,
    make: (shop) => (shop.volumes["pgdata"] = { shared: true }),
    ...{ id: "service:postgres", weight: "plain", marks: ["rolls"] },
    first: /^1 task, 1 at a time/,
  },
  {
    name: "another port leaves a gap for those who call",
    make: (shop) => {
      shop.services["cartservice"]!.port = 7071;
      shop.services["cartservice"]!.env = { PORT: "7071" };
    },
    ...{ id: "service:cartservice", weight: "warning", marks: ["downtime"] },
    first: /^calls of checkoutservice, frontend may fail/,
  },
  {
    name: "a route to another service exposes it",
    make: (shop) => (shop.gateways["public"]!.routes = { "/": "paymentservice" }),
    ...{ id: "route:public/", weight: "warning", marks: ["opens-public"] },
    first: /^requests for \/ reach paymentservice:50051, from everywhere/,
  },
  {
    name: "a path below one that is open already opens nothing",
    make: (shop) => (shop.gateways["public"]!.routes["/shop"] = "frontend"),
    ...{ id: "route:public/shop", weight: "plain", marks: ["adds"] },
    first: /^requests for \/shop reach frontend/,
  },
  {
    name: "a host name that is dropped is answered no longer",
    from: (shop) => (shop.gateways["public"]!.hosts = ["shop.example.com", "www.example.com"]),
    make: (shop) => (shop.gateways["public"]!.hosts = ["shop.example.com"]),
    ...{ id: "gateway:public", weight: "warning", marks: ["downtime"] },
    first: /^requests for www\.example\.com are answered no longer/,
  },
  {
    name: "the account alone touches nothing",
    make: (shop) => (shop.cluster.account = "123456789012"),
    ...{ id: "cluster:shop", weight: "plain", marks: [] },
    first: /^deploys to any other account are refused/,
  },
  {
    name: "networks that are reached by peering are looked at by checks alone",
    make: (shop) => (shop.platform.peers = ["10.9.0.0/16"]),
    ...{ id: "cluster:shop", weight: "plain", marks: [] },
    first: /nothing of it is touched/,
  },
  {
    name: "what a gateway reaches is not there at once on another fleet",
    make: (shop) => (shop.services["frontend"]!.on = ["load"]),
    ...{ id: "service:frontend", weight: "warning", marks: ["rolls", "downtime"] },
    first: /^requests by public may fail until its targets on load are healthy/,
  },
  {
    name: "another port on its VMs leaves a gap for gateways",
    make: (shop) => (shop.services["frontend"]!.hostPort = 9080),
    ...{ id: "service:frontend", weight: "warning", marks: ["downtime"] },
    first: /^requests by public may fail until its targets on port 8080 are healthy/,
  },
  {
    name: "a route that changes sides over to targets that are there leaves no gap",
    from: (shop) => (shop.gateways["public"]!.routes["/ads"] = "adservice"),
    make: (shop) => (shop.gateways["public"]!.routes["/ads"] = "frontend"),
    ...{ id: "route:public/ads", weight: "warning", marks: [] },
    first: /^requests for \/ads reach frontend/,
  },
  {
    name: "another region leaves everything behind",
    from: database,
    make: (shop) => (shop.platform.region = "eu-central-1"),
    ...{ id: "cluster:shop", weight: "danger", marks: ["replaces", "downtime", "data-loss"] },
    first: /^the engine finds nothing of it in eu-central-1/,
  },
];

describe("what follows from a change", () => tryAll(cases));

test("images that are not known to be built for other machines are named", () => {
  const list = listFor(nothing, (shop) => (shop.fleets["load"]!.machine = "c7g.large"));
  expect(found(list, "fleet:load")?.effect.join()).toContain("images must be built for it, of loadgenerator");
});

test("a service that is removed, renamed or switched away from is interrupted", () => {
  const against = (make: Step, of: string): string[] =>
    listFor(database, make, { rule: "interrupts", of }).clusters[0]!.policy.map(({ on }) => on);
  expect(against(({ services }) => delete services["postgres"], "postgres")).toEqual(["service:postgres"]);
  expect(against(as("pg"), "postgres")).toEqual(["service:pg"]);
  const away: Step = (shop) => (shop.gateways["public"]!.routes = { "/": "adservice" });
  expect(against(away, "frontend")).toEqual(["route:public/"]);
  const list = listFor(nothing, away);
  expect(found(list, "route:public/")?.effect.join()).toContain(
    "requests by public may fail until its targets on port 9555 are healthy",
  );
});

test("a service behind a public route that is called otherwise opens nothing, and leaves a gap", () => {
  const list = listFor(nothing, (shop) => {
    shop.services["web"] = shop.services["frontend"]!;
    delete shop.services["frontend"];
    shop.services["loadgenerator"]!.uses = { FRONTEND_ADDR: "web" };
    shop.gateways["public"]!.routes = { "/": "web" };
  });
  expect(found(list, "service:web")).toMatchObject({ action: "rename", interrupts: ["frontend", "loadgenerator"] });
  expect(found(list, "route:public/")).toMatchObject({ marks: ["downtime"], interrupts: ["frontend"] });
});

test("a policy for one service holds for whatever takes it down", () => {
  const interrupts = (of: string): PolicyRule => ({ rule: "interrupts", of });
  const roll: Step = (shop) => (shop.fleets["core"]!.machine = "m7i.xlarge");
  const stopsFirst: Step = (shop) => (shop.services["redis-cart"]!.rollout = rolling({ order: "stop-first" }));
  const rolled: Step = (shop) => [stopsFirst(shop), roll(shop)];
  expect(listFor(stopsFirst, rolled, interrupts("redis-cart"))).toMatchObject({
    verdict: "blocked",
    clusters: [{ policy: [{ rule: 'interrupts("redis-cart")', on: "fleet:core" }] }],
  });
  expect(listFor(stopsFirst, rolled, interrupts("frontend")).verdict).not.toBe("blocked");
  // One that starts first has moved before its VM goes.
  expect(listFor(nothing, roll, interrupts("redis-cart")).verdict).not.toBe("blocked");
});

test("a cluster that leaves the program is not said to end", () => {
  const list = listOf(write(), undefined);
  expect(list).toMatchObject({ verdict: "attention", clusters: [{ status: "removed", order: [] }] });
  expect(list.clusters[0]?.changes).toMatchObject([
    {
      id: "cluster:shop",
      action: "remove",
      effect: [expect.stringContaining("a deploy does not end it"), expect.anything()],
    },
  ]);
});

test("the headline of a danger is its gravest effect", () => {
  const list = listFor(database, (shop) => (shop.services["postgres"]!.on = ["core"]));
  expect(list.clusters[0]?.reasons[0]).toMatch(/^service postgres: DATA LOSS/);
});

import { SWARM_PORTS } from "../../model/ports.js";
import type { Model } from "../../model/schema.js";
import type { Disagreement } from "./disagreement.js";
import { proveGateways } from "./prove-gateways.js";
import { proveServices } from "./prove-services.js";
import { covers, Openings } from "./reachability.js";
import type { Produced } from "./planned-rules.js";

/**
 * Compares who can reach whom, by what was produced, with what was declared: nothing more, nothing less.
 *
 * Two things are as fine as Swarm's overlay networks are and no finer, and count as declared: on a network, whoever is used
 * can also answer and open connections to its users, and the users of one service share its network. What is proven is that
 * a service is on no network with another that neither uses it, is used by it, nor uses a service that it uses too.
 */
export function proveEdges(model: Model, all: Produced): Disagreement[] {
  const produced = restrict(model, all);
  const openings = new Openings(produced);
  return [
    ...proveSwarm(model, produced, openings),
    ...proveFirewalls(model, produced),
    ...proveServices(model, produced, openings),
    ...proveGateways(model, produced, openings),
    ...unexplained(produced, openings, model.encrypt === true),
  ];
}

/** Leaves out what a program adds beside the cluster's own fleets and gateways. */
function restrict(model: Model, produced: Produced): Produced {
  const fleets = new Set(model.fleets.map(({ id }) => id));
  const gateways = new Set(model.gateways.map(({ id }) => id));
  return {
    ...produced,
    fleets: new Map([...produced.fleets].filter(([id]) => fleets.has(id))),
    gateways: new Map([...produced.gateways].filter(([id]) => gateways.has(id))),
  };
}

/** Number of the protocol that encrypted networks come by. */
const ESP = "50";

/** Rules that let in what nothing of ours listens for: today nobody answers there, tomorrow somebody may. */
function* unexplained({ fleets, services }: Produced, openings: Openings, encrypt: boolean): Generator<Disagreement> {
  const published = [...services.values()].flatMap((service) => service.published.map(({ on }) => on));
  const known = new Set<number>([...Object.values(SWARM_PORTS), ...published]);
  for (const [fleet, { groups }] of fleets)
    for (const { peer, protocol, from, to } of openings.rulesOf("in", groups)) {
      if ("group" in peer && protocol !== "-1" && from === to && known.has(from)) continue;
      if ("group" in peer && protocol === ESP && encrypt) continue;
      const who = "group" in peer ? peer.group : "world";
      const ports = protocol === "-1" ? "all" : from === to ? String(from) : `${from}-${to}`;
      yield { kind: "extra", way: `${who} -> ${fleet}:${ports}/${protocol}`, why: "nothing there was declared" };
    }
}

/** The nodes' own firewall lets in what the swarm needs, from within the network, and nothing else. */
function* proveFirewalls({ fleets, control }: Model, produced: Produced): Generator<Disagreement> {
  const { gossip, management, data } = SWARM_PORTS;
  for (const { id, role } of fleets) {
    const needed = new Set([`tcp ${gossip}`, `udp ${gossip}`]);
    if (role === "control") needed.add(`tcp ${management}`);
    if (role === "worker" || control.runsServices) needed.add(`udp ${data}`).add("esp null");
    for (const { source, protocol, port } of produced.fleets.get(id)?.firewall ?? []) {
      const inside = source !== null && covers(produced.cidr, source);
      if (inside && needed.has(`${protocol} ${port}`)) continue;
      yield {
        kind: "extra",
        way: `${inside ? "VPC" : "world"} -> ${id}:${port ?? "all"}/${protocol ?? "all"}`,
        why: "the nodes' own firewall lets it in, and nothing there was declared",
      };
    }
  }
}

/** All VMs gossip; managers are asked by all; nobody else is. */
function* proveSwarm(model: Model, { fleets }: Produced, openings: Openings): Generator<Disagreement> {
  const whole = model.fleets.every(({ id }) => fleets.has(id));
  for (const { id: to, role } of model.fleets) {
    for (const [protocol, port, wanted] of [
      ["tcp", SWARM_PORTS.gossip, true],
      ["udp", SWARM_PORTS.gossip, true],
      ["tcp", SWARM_PORTS.management, role === "control"],
    ] as const) {
      if (whole && openings.fromAll(to, protocol, port) === wanted) continue;
      for (const { id: from } of model.fleets) {
        if (openings.node(fleets.get(from)?.groups ?? [], to, protocol, port) === wanted) continue;
        const way = `${from} -> ${to}:${port}/${protocol}`;
        if (wanted) yield { kind: "missing", way, why: "the swarm needs it" };
        else yield { kind: "extra", way, why: "only managers are asked" };
      }
    }
    const groups = fleets.get(to)?.groups ?? [];
    for (const port of [SWARM_PORTS.gossip, SWARM_PORTS.management, SWARM_PORTS.data, 22])
      for (const protocol of ["tcp", "udp"] as const)
        if (openings.groups("world", groups, protocol, port))
          yield { kind: "extra", way: `world -> ${to}:${port}/${protocol}`, why: "nothing outside may reach VMs" };
  }
}

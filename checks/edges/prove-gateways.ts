import type { GatewayModel, Model } from "../../model/schema.js";
import type { Openings } from "./reachability.js";
import type { Produced, ProducedGateway } from "./planned-rules.js";
import type { Disagreement } from "./disagreement.js";

/** The world reaches gateways, gateways reach what they route to on its VMs, and nobody else reaches published ports. */
export function* proveGateways(model: Model, produced: Produced, openings: Openings): Generator<Disagreement> {
  for (const gateway of model.gateways) {
    const known = produced.gateways.get(gateway.id);
    if (known === undefined) {
      yield { kind: "missing", way: `world -> ${gateway.id}`, why: "there is no such load balancer" };
      continue;
    }
    const opened = openings.rulesOf("in", known.groups);
    const ports = new Set(opened.flatMap(({ from, to }) => [from, to]));
    yield* proveFront(gateway, known, openings, ports);
    yield* proveRoutes(gateway, known, produced, openings);
    yield* proveTargets(gateway, known, produced, openings);
  }
  yield* provePublished(produced, openings);
}

function* proveFront(
  gateway: GatewayModel,
  { groups, listens }: ProducedGateway,
  openings: Openings,
  ports: ReadonlySet<number>,
): Generator<Disagreement> {
  const wanted = gateway.certificate === null ? [80] : [80, 443];
  for (const port of new Set([...wanted, ...listens, ...ports])) {
    const open = openings.groups("world", groups, "tcp", port);
    const way = `world -> ${gateway.id}:${port}`;
    if (open && gateway.internal) yield { kind: "extra", way, why: "it is internal" };
    if (open && !wanted.includes(port)) yield { kind: "extra", way, why: "it was not declared" };
    if (!gateway.internal && wanted.includes(port) && !(open && listens.includes(port)))
      yield { kind: "missing", way, why: open ? "nothing listens there" : "its group does not let it in" };
  }
}

function* proveRoutes(
  { id, routes }: GatewayModel,
  { groups, targets }: ProducedGateway,
  { services, fleets }: Produced,
  openings: Openings,
): Generator<Disagreement> {
  for (const { service, port } of routes) {
    const way = `${id} -> ${service}:${port}`;
    const on = services.get(service)?.published.find((each) => each.port === port)?.on;
    const target = [...targets].find(([, vmPort]) => vmPort === on)?.[0];
    if (on === undefined || target === undefined) {
      yield {
        kind: "missing",
        way,
        why: on === undefined ? "the port is not published" : "no target group has that port",
      };
      continue;
    }
    for (const fleet of services.get(service)?.fleets ?? []) {
      const known = fleets.get(fleet);
      if (known?.targets.includes(target) !== true)
        yield { kind: "missing", way, why: `the VMs of "${fleet}" are no targets` };
      else if (!openings.groups(groups, known.groups, "tcp", on))
        yield { kind: "missing", way, why: `nothing lets it through to "${fleet}" at port ${on}` };
    }
  }
}

/** A gateway sends to nothing that it has no route to. */
function* proveTargets(
  { id, routes }: GatewayModel,
  { groups, targets }: ProducedGateway,
  { services, fleets }: Produced,
  openings: Openings,
): Generator<Disagreement> {
  const all = [...fleets.values()];
  const ports = new Set(targets.values());
  for (const [service, { published }] of services)
    for (const { port, on } of published) {
      if (routes.some((route) => route.service === service && route.port === port)) continue;
      if (ports.has(on) || all.some((fleet) => openings.groups(groups, fleet.groups, "tcp", on)))
        yield { kind: "extra", way: `${id} -> ${service}:${port}`, why: "it has no route to it" };
    }
}

/** What is published is for gateways: VMs do not reach it on one another, and the world does not either. */
function* provePublished({ services, fleets }: Produced, openings: Openings): Generator<Disagreement> {
  for (const [service, { published }] of services)
    for (const { port, on } of published)
      for (const [to, { groups }] of fleets) {
        if (openings.groups("world", groups, "tcp", on))
          yield { kind: "extra", way: `world -> ${service}:${port}`, why: `its port ${on} on "${to}" is open` };
        if (openings.fromAll(to, "tcp", on) === false) continue;
        for (const [from, other] of fleets)
          if (openings.groups(other.groups, groups, "tcp", on))
            yield { kind: "extra", way: `${from} -> ${service}:${port}`, why: `its port ${on} on "${to}" is open` };
      }
}

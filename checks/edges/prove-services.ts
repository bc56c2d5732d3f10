import { SWARM_PORTS } from "../../model/ports.js";
import type { Model } from "../../model/schema.js";
import type { Openings } from "./openings.js";
import type { Produced } from "./produced.js";
import type { Disagreement } from "./prove.js";

/** Ports that every VM may reach anywhere: images, packages, the cloud's own interface. */
const COMMON = [80, 443];

/** Services reach those that they use, over an overlay network and between all their fleets, and hosts outside. */
export function* proveServices(model: Model, produced: Produced, openings: Openings): Generator<Disagreement> {
  const callees = new Map<string, Set<string>>(
    model.services.map(({ id, uses }) => [
      id,
      new Set(uses.flatMap(({ to }) => ("service" in to ? [to.service] : []))),
    ]),
  );
  const overlay = overlayBetween(produced, openings);

  for (const { id, on, uses } of model.services) {
    const placed = produced.services.get(id)?.fleets ?? [];
    if (placed.join() !== [...on].sort().join())
      yield {
        kind: "extra",
        way: `${id} on ${placed.join(", ") || "no fleet"}`,
        why: `it was declared on ${on.join(", ")}`,
      };
    for (const from of placed)
      for (const to of placed)
        if (from <= to && !overlay(from, to))
          yield {
            kind: "missing",
            way: `${id} -> ${id}`,
            why: `overlay packets do not pass between "${from}" and "${to}"`,
          };
    for (const { to, port } of uses) {
      if ("host" in to) {
        for (const fleet of placed)
          if (!openings.groups(produced.fleets.get(fleet)?.groups ?? [], "world", "tcp", port))
            yield { kind: "missing", way: `${id} -> world:${port}`, why: `nothing lets it out of "${fleet}"` };
        continue;
      }
      const way = `${id} -> ${to.service}:${port}`;
      const other = produced.services.get(to.service);
      if (other === undefined || !shareNetwork(produced, id, to.service))
        yield { kind: "missing", way, why: "they are on no network together" };
      else
        for (const from of placed)
          for (const fleet of other.fleets)
            if (!overlay(from, fleet))
              yield { kind: "missing", way, why: `overlay packets do not pass between "${from}" and "${fleet}"` };
    }
  }

  yield* unrelated(produced, callees);
  yield* unneeded(model, produced, overlay);
}

/** Services that are on a network together, and have nothing to do with each other. */
function* unrelated(
  { services }: Produced,
  callees: ReadonlyMap<string, ReadonlySet<string>>,
): Generator<Disagreement> {
  const members = new Map<string, string[]>();
  for (const [id, { networks }] of services)
    for (const network of networks) members.set(network, [...(members.get(network) ?? []), id]);
  for (const [network, all] of members) {
    // A network that is the service's own: all others on it use that service. Checked first, it is the usual case.
    const owner = all.find((id) => all.every((other) => other === id || callees.get(other)?.has(id)));
    if (owner !== undefined) continue;
    for (const from of all)
      for (const to of all) {
        if (from >= to || callees.get(from)?.has(to) || callees.get(to)?.has(from)) continue;
        const shared = [...(callees.get(from) ?? [])].some((callee) => callees.get(to)?.has(callee));
        if (!shared)
          yield {
            kind: "extra",
            way: `${from} -> ${to}`,
            why: `both are on the network "${network}", with no edge between them`,
          };
      }
  }
}

/** Ways between fleets, and out of them, that no edge asks for. */
function* unneeded(
  model: Model,
  produced: Produced,
  overlay: (from: string, to: string) => boolean,
): Generator<Disagreement> {
  const pairs = new Set<string>();
  const out = new Map<string, Set<number>>();
  const fleetsOf = new Map(model.services.map(({ id, on }) => [id, on]));
  for (const { on, uses } of model.services) {
    for (const a of on) for (const b of on) pairs.add(`${a} ${b}`);
    for (const { to, port } of uses)
      for (const a of on)
        if ("host" in to) out.set(a, (out.get(a) ?? new Set()).add(port));
        else for (const b of fleetsOf.get(to.service) ?? []) pairs.add(`${a} ${b}`).add(`${b} ${a}`);
  }
  for (const [from, { groups }] of produced.fleets) {
    for (const to of produced.fleets.keys())
      if (overlay(from, to) && !pairs.has(`${from} ${to}`))
        yield {
          kind: "extra",
          way: `${from} -> ${to}:${SWARM_PORTS.data}/udp`,
          why: "overlay packets pass, and no service of the one uses one of the other",
        };
    for (const rule of produced.rules) {
      const leaves = rule.direction === "out" && groups.includes(rule.group) && "cidr" in rule.peer;
      if (!leaves || (rule.from === rule.to && (COMMON.includes(rule.from) || out.get(from)?.has(rule.from)))) continue;
      yield {
        kind: "extra",
        way: `${from} -> world:${rule.from}-${rule.to}`,
        why: "no service there uses a host at that port",
      };
    }
  }
}

function shareNetwork({ services }: Produced, a: string, b: string): boolean {
  const networks = services.get(b)?.networks ?? [];
  return services.get(a)?.networks.some((network) => networks.includes(network)) ?? false;
}

/** Whether overlay packets pass between two fleets, both ways: each pair is looked at once. */
function overlayBetween({ fleets }: Produced, openings: Openings): (from: string, to: string) => boolean {
  const known = new Map<string, boolean>();
  const one = (from: string, to: string): boolean =>
    openings.node(fleets.get(from)?.groups ?? [], to, "udp", SWARM_PORTS.data);
  return (from, to) => {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    let open = known.get(key);
    if (open === undefined) known.set(key, (open = one(from, to) && one(to, from)));
    return open;
  };
}

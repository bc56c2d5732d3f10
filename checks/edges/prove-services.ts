import { SWARM_PORTS } from "../../model/ports.js";
import type { Model, ServiceModel } from "../../model/schema.js";
import type { Openings } from "./reachability.js";
import type { Produced } from "./planned-rules.js";
import type { Disagreement } from "./disagreement.js";

/** Ports that every VM may reach anywhere: images, packages, the cloud's own interface. */
const COMMON = [80, 443];

type Services = ReadonlyMap<string, ServiceModel>;
type Overlay = (from: string, to: string) => boolean;

/** Services reach those that they use, over an overlay network and between all their fleets, and hosts outside. */
export function* proveServices(model: Model, produced: Produced, openings: Openings): Generator<Disagreement> {
  const services = new Map(model.services.map((service) => [service.id, service]));
  const overlay = overlayBetween(produced, openings);
  for (const service of model.services) {
    const placed = produced.services.get(service.id)?.fleets ?? [];
    // Nothing is wrong with nearly all services: found at no cost of a generator for each edge.
    const found: Disagreement[] = [];
    proveOwn(service, placed, overlay, found);
    for (const { to, port } of service.uses)
      if ("host" in to) {
        for (const fleet of placed)
          if (!openings.groups(produced.fleets.get(fleet)?.groups ?? [], "world", "tcp", port))
            yield { kind: "missing", way: `${service.id} -> world:${port}`, why: `nothing lets it out of "${fleet}"` };
      } else proveEdge({ from: service.id, to: to.service, port }, produced, overlay, found);
    if (found.length > 0) yield* found;
  }
  yield* unrelated(produced, services);
  yield* unneeded(model, services, produced, openings, overlay);
}

/** A service is on its fleets, and its tasks reach one another. */
function proveOwn({ id, on }: ServiceModel, placed: readonly string[], overlay: Overlay, found: Disagreement[]): void {
  const [only] = on;
  const alike = placed.length === 1 && on.length === 1 ? placed[0] === only : placed.join() === [...on].sort().join();
  if (!alike)
    found.push({
      kind: "extra",
      way: `${id} on ${placed.join(", ") || "no fleet"}`,
      why: `it was declared on ${on.join(", ")}`,
    });
  for (const from of placed)
    for (const to of placed)
      if (from <= to && !overlay(from, to))
        found.push({
          kind: "missing",
          way: `${id} -> ${id}`,
          why: `overlay packets do not pass between "${from}" and "${to}"`,
        });
}

/** An edge of one service to another. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly port: number;
}

/** A service reaches another that it uses. */
function proveEdge(edge: Edge, { services }: Produced, overlay: Overlay, found: Disagreement[]): void {
  const own = services.get(edge.from);
  const other = services.get(edge.to);
  const tell = (why: string): void =>
    void found.push({ kind: "missing", way: `${edge.from} -> ${edge.to}:${edge.port}`, why });
  if (other === undefined || own?.networks.some((network) => other.networks.includes(network)) !== true) {
    tell("they are on no network together");
    return;
  }
  for (const from of own.fleets)
    for (const to of other.fleets)
      if (!overlay(from, to)) tell(`overlay packets do not pass between "${from}" and "${to}"`);
}

const uses = (services: Services, from: string, to: string): boolean =>
  services.get(from)?.uses.some((edge) => "service" in edge.to && edge.to.service === to) ?? false;

/** Services that are on a network together, and have nothing to do with each other. */
function* unrelated({ services: produced }: Produced, services: Services): Generator<Disagreement> {
  const members = new Map<string, string[]>();
  for (const [id, { networks }] of produced)
    for (const network of networks) {
      const list = members.get(network);
      if (list === undefined) members.set(network, [id]);
      else list.push(id);
    }
  for (const [network, all] of members) {
    // A network that is the service's own: all others on it use that service. Checked first, it is the usual case.
    const owns = (id: string): boolean => all.every((other) => other === id || uses(services, other, id));
    if ((all.includes(network) && owns(network)) || all.some(owns)) continue;
    for (const from of all)
      for (const to of all) {
        if (from >= to || uses(services, from, to) || uses(services, to, from)) continue;
        const shared = services
          .get(from)
          ?.uses.some((edge) => "service" in edge.to && uses(services, to, edge.to.service));
        if (shared !== true)
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
  services: Services,
  { fleets }: Produced,
  openings: Openings,
  overlay: Overlay,
): Generator<Disagreement> {
  const needed = new Map<string, Set<string>>();
  const out = new Map<string, Set<number>>();
  const join = (from: string, to: string): void => void (needed.get(from) ?? start(needed, from)).add(to);
  for (const { on, uses: edges } of model.services) {
    for (const a of on) for (const b of on) join(a, b);
    for (const { to, port } of edges)
      for (const a of on)
        if ("host" in to) (out.get(a) ?? start(out, a)).add(port);
        else
          for (const b of services.get(to.service)?.on ?? [])
            if (a !== b) {
              join(a, b);
              join(b, a);
            }
  }
  for (const [from, { groups }] of fleets) {
    for (const to of openings.targetsOf(groups, "udp", SWARM_PORTS.data))
      if (needed.get(from)?.has(to) !== true && overlay(from, to))
        yield {
          kind: "extra",
          way: `${from} -> ${to}:${SWARM_PORTS.data}/udp`,
          why: "overlay packets pass, and no service of the one uses one of the other",
        };
    for (const rule of openings.rulesOf("out", groups)) {
      if (!("cidr" in rule.peer)) continue;
      if (rule.from === rule.to && (COMMON.includes(rule.from) || out.get(from)?.has(rule.from))) continue;
      yield {
        kind: "extra",
        way: `${from} -> world:${rule.from}-${rule.to}`,
        why: "no service there uses a host at that port",
      };
    }
  }
}

function start<T>(sets: Map<string, Set<T>>, key: string): Set<T> {
  const set = new Set<T>();
  sets.set(key, set);
  return set;
}

/** Whether overlay packets pass between two fleets, both ways: each pair is looked at once. */
function overlayBetween({ fleets }: Produced, openings: Openings): Overlay {
  const known = new Map<string, Map<string, boolean>>();
  const one = (from: string, to: string): boolean =>
    openings.node(fleets.get(from)?.groups ?? [], to, "udp", SWARM_PORTS.data);
  return (from, to) => {
    let answers = known.get(from);
    if (answers === undefined) known.set(from, (answers = new Map()));
    let open = answers.get(to);
    if (open === undefined) answers.set(to, (open = one(from, to) && one(to, from)));
    return open;
  };
}

import type { Topology } from "../schema.js";
import { plural } from "../values.js";
import { mermaid } from "./escape.js";

/** What a change does to a part of the picture. */
export type Mark = "added" | "removed" | "changed" | "same";

/** A picture of a cluster, or of two laid over each other. */
export interface Diagram {
  readonly fleets: readonly {
    readonly id: string;
    readonly label: string;
    readonly mark: Mark;
    readonly services: readonly Node[];
  }[];
  readonly gateways: readonly Node[];
  readonly outside: readonly Node[];
  readonly edges: readonly {
    readonly from: string;
    readonly to: string;
    readonly label: string;
    readonly mark: Mark;
  }[];
  /** Nodes that were left out since there are too many. */
  readonly hidden: number;
}

interface Node {
  /** What edges name it by: only where a service is drawn first. */
  readonly key: string;
  readonly label: string;
  readonly mark: Mark;
}

/** Nodes beyond which only what changes is drawn, with its neighbours. */
const MOST = 60;
/** Nodes beyond which a service on several fleets is drawn in the first of them alone. */
const MOST_DRAWN = 2 * MOST;

/**
 * Lays base and head over each other.
 * @param marks what changes, by id as in `service:cart`; all else is the same
 */
export function diagramOf(
  base: Topology | null,
  head: Topology | null,
  changed: ReadonlySet<string> = new Set(),
): Diagram {
  const both = [base, head].filter((one) => one !== null);
  const ids = <T extends { readonly id: string }>(list: (one: Topology) => readonly T[]): Map<string, T> =>
    new Map(both.flatMap(list).map((one) => [one.id, one]));
  const has = <T extends { readonly id: string }>(
    one: Topology | null,
    list: (of: Topology) => readonly T[],
    id: string,
  ): boolean => one !== null && list(one).some((each) => each.id === id);
  const mark = <T extends { readonly id: string }>(
    list: (one: Topology) => readonly T[],
    id: string,
    kind: string,
  ): Mark => {
    if (!has(head, list, id)) return "removed";
    if (base !== null && !has(base, list, id)) return "added";
    return changed.has(`${kind}:${id}`) ? "changed" : "same";
  };
  const services = ids((one) => one.services);
  const fleets = ids((one) => one.fleets);
  const gateways = ids((one) => one.gateways);
  const edges = edgesOf(base, head);
  const serviceMarks = new Map([...services.keys()].map((id) => [id, mark((one) => one.services, id, "service")]));
  const kept = keep([...services.keys()], serviceMarks, edges);
  const shown = [...services.values()].filter(({ id }) => kept.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const everywhere = shown.reduce((sum, { on }) => sum + on.length, 0) <= MOST_DRAWN;
  const routes = routesOf(base, head).filter(({ service }) => kept.has(service));
  return {
    fleets: [...fleets.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, machine, size, role }) => ({
        id,
        label: `${id}: ${size} x ${machine}${role === "control" ? ", managers" : ""}`,
        mark: mark((one) => one.fleets, id, "fleet"),
        services: shown
          .filter(({ on }) => (everywhere ? on.includes(id) : on[0] === id))
          .map((service) => ({ ...serviceNode(service, id), mark: serviceMarks.get(service.id) ?? "same" })),
      })),
    gateways: [...gateways.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, internal }) => ({
        key: id,
        label: `${id}, ${internal ? "internal" : "public"}`,
        mark: mark((one) => one.gateways, id, "gateway"),
      })),
    outside: hostsOf(edges.filter(({ from }) => kept.has(from))),
    edges: [
      ...routes.map(({ gateway, service, path, mark: of }) => ({
        from: `gateway ${gateway}`,
        to: `service ${service}`,
        label: path,
        mark: of,
      })),
      ...edges
        .filter(({ from, to, outside: out }) => kept.has(from) && (out || kept.has(to)))
        .map(({ from, to, port, mark: of, outside: out }) => ({
          from: `service ${from}`,
          to: out ? `host ${to}` : `service ${to}`,
          label: String(port),
          mark: of,
        })),
    ],
    hidden: services.size - kept.size,
  };
}

/** A service in one of its fleets. Edges are drawn from where it stands first: elsewhere it says where that is. */
function serviceNode({ id, on, image, replicas, stateful }: Topology["services"][number], fleet: string) {
  const [first = fleet] = on;
  if (fleet !== first) return { key: `${id} on ${fleet}`, label: `${id}, as in ${first}` };
  const where = on.length > 1 ? ` on ${on.length} fleets` : "";
  return {
    key: id,
    label: `${id}${image === "" ? "" : ` ${image}`} x ${replicas}${where}${stateful ? ", data" : ""}`,
  };
}

/** Hosts outside: one that no service uses any more is removed, and one that none used before is added. */
function hostsOf(edges: readonly MarkedEdge[]): Node[] {
  const used = edges.filter(({ outside }) => outside);
  return [...new Set(used.map(({ to }) => to))].sort().map((to): Node => {
    const marks = used.filter((edge) => edge.to === to).map(({ mark }) => mark);
    const all = (mark: Mark): boolean => marks.every((each) => each === mark);
    return { key: to, label: to, mark: all("removed") ? "removed" : all("added") ? "added" : "same" };
  });
}

type MarkedEdge = Topology["edges"][number] & { readonly mark: Mark };

function edgesOf(base: Topology | null, head: Topology | null): MarkedEdge[] {
  const key = ({ from, to, port }: Topology["edges"][number]): string => `${from}/${to}:${port}`;
  return overlay(base?.edges, head?.edges, key, base !== null);
}

function routesOf(base: Topology | null, head: Topology | null) {
  const flat = (one: Topology | null) =>
    one?.gateways.flatMap(({ id, routes }) => routes.map(({ path, service }) => ({ gateway: id, path, service })));
  return overlay(flat(base), flat(head), ({ gateway, path, service }) => `${gateway}${path} ${service}`, base !== null);
}

function overlay<T>(
  before: readonly T[] = [],
  after: readonly T[] = [],
  key: (one: T) => string,
  compared: boolean,
): (T & { readonly mark: Mark })[] {
  const [old, now] = [new Set(before.map(key)), new Map(after.map((one) => [key(one), one]))];
  const gone = before.filter((one) => !now.has(key(one))).map((one) => ({ ...one, mark: "removed" as const }));
  const left = [...now.values()].map((one) => ({
    ...one,
    mark: compared && !old.has(key(one)) ? ("added" as const) : ("same" as const),
  }));
  return [...left, ...gone].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** All services where they are few; else those that change, and their neighbours, up to the same number. */
function keep(ids: readonly string[], marks: ReadonlyMap<string, Mark>, edges: readonly MarkedEdge[]): Set<string> {
  if (ids.length <= MOST) return new Set(ids);
  const first = ids.filter((id) => marks.get(id) !== "same").sort();
  const touched = edges.filter(({ mark }) => mark !== "same").flatMap(({ from, to }) => [from, to]);
  const kept = new Set([...first, ...touched].filter((id) => marks.has(id)).slice(0, MOST));
  for (const { from, to } of edges) {
    if (kept.size >= MOST) break;
    if (first.includes(from) && marks.has(to)) kept.add(to);
    else if (first.includes(to) && marks.has(from)) kept.add(from);
  }
  if (kept.size === 0) for (const id of ids.slice(0, MOST)) kept.add(id);
  return kept;
}

/** Not alone with a space behind, which Mermaid takes for a list. */
const SIGN: Readonly<Record<Mark, string>> = { added: "(+) ", removed: "(-) ", changed: "(~) ", same: "" };

/** The diagram in Mermaid's language: changes are told by sign and line, and by colour besides. */
export function mermaidDiagram({ fleets, gateways, outside, edges, hidden }: Diagram): string {
  const keys = new Map<string, string>();
  const key = (name: string): string => {
    let short = keys.get(name);
    if (short === undefined) keys.set(name, (short = `n${keys.size}`));
    return short;
  };
  const text = (mark: Mark, label: string): string => `"${mermaid(`${SIGN[mark]}${label}`) || "-"}"`;
  const lines = ["flowchart LR"];
  const classes = new Map<Mark, string[]>();
  const node = (
    name: string,
    shape: readonly [string, string],
    { label, mark }: Pick<Node, "label" | "mark">,
    indent = "  ",
  ): void => {
    lines.push(`${indent}${key(name)}${shape[0]}${text(mark, label)}${shape[1]}`);
    if (mark !== "same") classes.set(mark, [...(classes.get(mark) ?? []), key(name)]);
  };
  for (const gateway of gateways) node(`gateway ${gateway.key}`, ["([", "])"], gateway);
  for (const fleet of fleets) {
    lines.push(`  subgraph ${key(`fleet ${fleet.id}`)}[${text(fleet.mark, fleet.label)}]`);
    for (const service of fleet.services) node(`service ${service.key}`, ["[", "]"], service, "    ");
    if (fleet.services.length === 0) lines.push(`    ${key(`empty ${fleet.id}`)}[" "]`);
    lines.push("  end");
    if (fleet.mark !== "same") classes.set(fleet.mark, [...(classes.get(fleet.mark) ?? []), key(`fleet ${fleet.id}`)]);
  }
  for (const host of outside) node(`host ${host.key}`, ["{{", "}}"], host);
  if (hidden > 0)
    node("hidden", ["[", "]"], { label: `and ${plural(hidden, "more service")} without a change`, mark: "same" });
  const arrows: Readonly<Record<Mark, string>> = { added: "==>", removed: "-.->", changed: "-->", same: "-->" };
  for (const { from, to, label, mark } of edges)
    lines.push(`  ${key(from)} ${arrows[mark]}|${text(mark, label)}| ${key(to)}`);
  const styles = {
    added: "stroke:#1a7f37,stroke-width:3px",
    removed: "stroke:#cf222e,stroke-width:3px,stroke-dasharray:6 4",
    changed: "stroke:#9a6700,stroke-width:3px",
  };
  for (const mark of ["added", "removed", "changed"] as const) {
    const marked = classes.get(mark);
    if (marked !== undefined) lines.push(`  classDef ${mark} ${styles[mark]}`, `  class ${marked.join(",")} ${mark}`);
  }
  return `${lines.join("\n")}\n`;
}

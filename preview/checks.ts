import type { Share } from "../checks/placement/headroom.js";
import type { CheckRow, ClusterChanges, FindingRow } from "./schema.js";
import type { ClusterSide } from "./snapshot.js";
import type { Change } from "./schema.js";

/** What the checks say of base and of head, side by side. */
export function compareChecks(
  base: ClusterSide | undefined,
  head: ClusterSide | undefined,
  changes: readonly Change[],
): ClusterChanges["checks"] {
  const [before, after] = [rowsOf(base), rowsOf(head)];
  const [old, now] = [placesOf(base), placesOf(head)];
  return {
    rows: [
      share("memory of the fullest VM", worst(base, "memory"), worst(head, "memory")),
      share("CPU of the fullest VM", worst(base, "cpu"), worst(head, "cpu")),
      ...GROUPS.map(({ what, codes }) => state(what, before(codes), after(codes), base, head)),
      edges(changes),
    ],
    appeared: placesWhere(head, "open", (key) => old.get(key) !== "open"),
    acknowledged: placesWhere(head, "acknowledged", (key) => old.get(key) !== "acknowledged"),
    resolved: placesWhere(base, "open", (key) => !now.has(key)),
    kept: (head?.findings ?? []).filter((finding) =>
      finding.places.some((place) => old.get(keyOf(finding, place)) === standingOf(finding)),
    ).length,
  };
}

type Finding = ClusterSide["findings"][number];
/** Whether the program takes a finding as it is. */
type Standing = "open" | "acknowledged";

const standingOf = ({ acknowledged }: Finding): Standing => (acknowledged === null ? "open" : "acknowledged");

/** The same finding at the same place in base and head, whatever its line; and what it says beyond that, where it is no error. */
const keyOf = ({ code, severity, message }: Finding, place: string): string => {
  const where = place.replace(/^.*?(?=\[)/, "");
  const told = severity === "error" ? where : where.replace(/\].*$/s, "]");
  return JSON.stringify([code, severity, message, told]);
};

const placesOf = (side: ClusterSide | undefined): Map<string, Standing> =>
  new Map(
    (side?.findings ?? []).flatMap((finding) =>
      finding.places.map((place) => [keyOf(finding, place), standingOf(finding)] as const),
    ),
  );

/** Findings of a side that stand in a way, with those of their places that are meant. */
const placesWhere = (
  side: ClusterSide | undefined,
  standing: Standing,
  isMeant: (key: string) => boolean,
): FindingRow[] =>
  (side?.findings ?? [])
    .filter((finding) => standingOf(finding) === standing)
    .map((finding) => ({ ...finding, places: finding.places.filter((place) => isMeant(keyOf(finding, place))) }))
    .filter(({ places }) => places.length > 0)
    .map(row);

const row = ({ code, severity, message, places, acknowledged }: Finding): FindingRow => ({
  code,
  severity,
  message,
  places: [...places],
  acknowledged,
});

/** What is asked of checks, and the codes that answer it. */
const GROUPS = [
  { what: "everything fits", codes: /^LF10/ },
  { what: "survives a VM", codes: /^LF(201|203|204|216)$/ },
  { what: "keeps its data", codes: /^LF(208|21[2-5])$/ },
  { what: "survives a zone", codes: /^LF202$/ },
  { what: "quorum", codes: /^LF205$/ },
  { what: "limits and ports", codes: /^LF3/ },
  { what: "edges and routes", codes: /^LF4/ },
  { what: "images and versions", codes: /^LF5/ },
] as const;

type Worst = "ok" | "note" | "warning" | "ERROR";

const rowsOf =
  (side: ClusterSide | undefined) =>
  (codes: RegExp): Worst => {
    const found = (side?.findings ?? []).filter(({ code, acknowledged }) => codes.test(code) && acknowledged === null);
    if (found.some(({ severity }) => severity === "error")) return "ERROR";
    if (found.some(({ severity }) => severity === "warning")) return "warning";
    return found.length > 0 ? "note" : "ok";
  };

const ORDER: readonly Worst[] = ["ok", "note", "warning", "ERROR"];

function state(
  what: string,
  from: Worst,
  to: Worst,
  base: ClusterSide | undefined,
  head: ClusterSide | undefined,
): CheckRow {
  const worse = ORDER.indexOf(to) - ORDER.indexOf(from);
  return {
    what,
    base: base === undefined ? "-" : from,
    head: head === undefined ? "-" : to,
    mark: to === "ERROR" ? "error" : worse > 0 && to === "warning" ? "warning" : worse < 0 ? "better" : "same",
  };
}

function worst(
  side: ClusterSide | undefined,
  of: "cpu" | "memory",
): { readonly share: number; readonly vm: string } | undefined {
  const shares = (side?.headroom ?? [])
    .filter(({ size }) => size !== "max")
    .flatMap(({ worst: vm }) => (vm === null ? [] : [{ share: ratio(vm[of]), vm: vm.vm }]));
  return shares.sort((a, b) => b.share - a.share)[0];
}

const ratio = ({ used, total }: Share): number => (total > 0 && total < Infinity ? used / total : 0);

function share(what: string, from: ReturnType<typeof worst>, to: ReturnType<typeof worst>): CheckRow {
  const text = (one: ReturnType<typeof worst>): string =>
    one === undefined ? "-" : `${Math.round(one.share * 100)} % (${one.vm})`;
  const more = (to?.share ?? 0) - (from?.share ?? 0);
  const mark =
    (to?.share ?? 0) > 1
      ? "error"
      : more > 0.005 && (to?.share ?? 0) > 0.9
        ? "warning"
        : more < -0.005
          ? "better"
          : more > 0.005
            ? "changed"
            : "same";
  return { what, base: text(from), head: text(to), mark };
}

function edges(changes: readonly Change[]): CheckRow {
  const count = (mark: string): number => changes.filter(({ marks }) => marks.includes(mark)).length;
  const [opened, closed, open] = [
    count("opens-edge"),
    count("closes-edge"),
    count("opens-public") + count("opens-outside"),
  ];
  return {
    what: "edges opened, closed",
    base: "-",
    head: opened + closed + open === 0 ? "-" : `+${opened} -${closed}${open > 0 ? `, ${open} to or from outside` : ""}`,
    mark: open > 0 ? "warning" : opened + closed > 0 ? "changed" : "same",
  };
}

import { RULING_CODE } from "../policy.js";
import type { Change, ChangeList, ClusterChanges, NotPlayed, ResourceRow, Ruling, Verdict } from "../schema.js";
import { names, plural } from "../values.js";

/** Signs beside colours, so that nothing hangs on colour alone. */
export const SIGNS: Readonly<Record<Change["action"], string>> = {
  ...{ remove: "-", replace: "±", rename: ">", roll: "~", restart: "~", change: "~", add: "+" },
};
export const LABELS: Readonly<Record<Change["action"], string>> = {
  ...{
    remove: "REMOVE",
    replace: "REPLACE",
    rename: "rename",
    roll: "roll",
    restart: "restart",
    change: "change",
    add: "add",
  },
};
export const RESOURCE_SIGNS: Readonly<Record<ResourceRow["action"], string>> = {
  ...{ destroy: "-", replace: "±", forget: "·", update: "~", create: "+", move: ">" },
};
const PAST: Readonly<Record<Change["action"], string>> = {
  ...{
    remove: "removed",
    replace: "replaced",
    rename: "renamed",
    roll: "rolled",
    restart: "restarted",
    change: "changed",
    add: "added",
  },
};
const RESOURCES: Readonly<Record<ResourceRow["action"], string>> = {
  ...{
    destroy: "to destroy",
    replace: "to replace",
    forget: "to forget",
    update: "to change",
    create: "to create",
    move: "to rename",
  },
};
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  blocked: "BLOCKED",
  attention: "needs attention",
  changes: "changes, none known to be dangerous",
  unchanged: "nothing changes",
};

/** What lets a ruling pass, for this change alone; undefined where it has no short name. */
export function passBy({
  code,
}: Pick<Ruling, "code">): { readonly label: string; readonly option: string } | undefined {
  if (!RULING_CODE.test(code)) return undefined;
  return { label: `lightfleet accept ${code}`, option: `--accept '${code}=REASON'` };
}

/** An acceptance of something that the change does not do, in one line. */
export const idleText = ({ rule, on, reason }: ChangeList["idle"][number]): string =>
  `unused acceptance: ${rule}${on === null ? "" : ` on ${on}`} (${reason})`;

/** What stands before the reasons for which a side could not be read. Head is new only where it was read itself. */
export const failedText = (side: "base" | "head", { head }: ChangeList): string =>
  `${side} cannot be synthesized${side === "base" && head.state === "read" ? ": head is shown as new" : ""}`;

/** As in `1 removed, 2 replaced, 3 rolled, 1 edge opened`. */
export function countsText({ counts, changes }: ClusterChanges): string {
  const actions = ["remove", "replace", "rename", "roll", "restart", "change", "add"] as const;
  const parts = actions.filter((action) => counts[action] > 0).map((action) => `${counts[action]} ${PAST[action]}`);
  for (const [mark, verb] of [
    ["opens-edge", "opened"],
    ["closes-edge", "closed"],
  ] as const) {
    const edges = changes.filter(({ marks }) => marks.includes(mark)).length;
    if (edges > 0) parts.push(`${plural(edges, "edge")} ${verb}`);
  }
  return parts.length > 0 ? parts.join(", ") : "no change to the system";
}

/** As in `1 to destroy, 4 to change`. */
export function resourcesText({ status, infrastructure: { counts, notPlayed } }: ClusterChanges): string {
  if (status === "removed") return `${counts.destroy + counts.forget} resources stay behind`;
  const actions = ["destroy", "replace", "forget", "update", "create", "move"] as const;
  const parts = actions
    .filter((action) => counts[action] > 0)
    .map((action) => `${counts[action]} ${RESOURCES[action]}`);
  const unknown = notPlayed.filter(isUnknown).length;
  if (unknown > 0) parts.push(`${unknown} with an effect that is not known`);
  return parts.length > 0 ? parts.join(", ") : "no resource changes";
}

export const shortCommit = (commit: string | null): string => (commit === null ? "" : commit.slice(0, 9));

/** `base 1a2b3c4 (origin/main) against head 5d6e7f8 (working tree)`. */
export function sidesText({ base, head }: ChangeList): string {
  const side = ({ ref, commit }: ChangeList["base"]): string => {
    const short = shortCommit(commit);
    return short === "" || ref.startsWith(short) ? short || ref : `${short} (${ref})`;
  };
  return `base ${side(base)} against head ${side(head)}`;
}

export const statusText = ({ status }: ClusterChanges): string =>
  status === "new" ? "a new cluster" : status === "removed" ? "no longer in the program" : "";

/** What moves, one line each. */
export function movedText({ service, from, to, stranded }: ClusterChanges["moved"][number]): string {
  const list = (vms: readonly string[]): string =>
    vms.length > 4 ? `${vms.slice(0, 4).join(", ")} and ${vms.length - 4} more` : vms.join(", ");
  const parts = [
    ...(from.length > 0 && to.length > 0
      ? [`${list(from)} -> ${list(to)}`]
      : from.length > 0
        ? [`ends on ${list(from)}`]
        : to.length > 0
          ? [`starts on ${list(to)}`]
          : []),
    ...(stranded > 0 ? [`${plural(stranded, "task")} with no VM`] : []),
  ];
  return `${service}: ${parts.join(", ")}`;
}

/** What was compared by what is written alone and differs, with what is said of it. */
export const unplayed = ({ infrastructure: { notPlayed } }: ClusterChanges) =>
  notPlayed.filter(isUnknown).map(({ address, written, differs }) => ({
    address,
    text: `${written} in the program: its effect is not known offline${differs.length > 0 ? ` (${names(differs)})` : ""}`,
  }));

const isUnknown = ({ written, planned }: NotPlayed): boolean => written !== "same" && !planned;

/** Resources that matter, and those that are folded away. */
export function sifted({ infrastructure: { resources } }: ClusterChanges) {
  const shown = resources.filter(({ noise }) => noise === null);
  const hidden = resources.filter(({ noise }) => noise !== null);
  const kinds = { tags: "tags only", hash: "hashes only", order: "order only", computed: "computed only" } as const;
  const counts = (["tags", "hash", "order", "computed"] as const)
    .map((noise) => [hidden.filter((row) => row.noise === noise).length, kinds[noise]] as const)
    .filter(([count]) => count > 0)
    .map(([count, text]) => `${count} ${text}`);
  return { shown, hidden, hiddenText: counts.join(", ") };
}

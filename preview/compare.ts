import type { Model } from "../model/schema.js";
import { describePolicy, type PolicyModel } from "../model/policy.js";
import type { PlanClassifier } from "../terraform/classifier.js";
import type { PlanSummary } from "../terraform/summary.js";
import { bootDataChanges } from "./boot-data.js";
import { compareChecks } from "./checks.js";
import { abruptFleets, infrastructure, rolledFleets } from "./infrastructure.js";
import { baseCode, idleAcceptances, rule, type Acceptance } from "./policy.js";
import {
  ACTIONS,
  CHANGE_LIST_VERSION,
  VERDICTS,
  type Change,
  type ChangeList,
  type ClusterChanges,
  type Side,
  type Verdict,
} from "./schema.js";
import type { ClusterSide } from "./snapshot.js";
import { fleetChanges } from "./system/fleets.js";
import { rolloutOrder } from "./order.js";
import { ownParts, wholeOf } from "./system/recreate-cluster.js";
import { clusterChanges, left } from "./system/cluster.js";
import { edgeChanges } from "./system/edges.js";
import { gatewayChanges } from "./system/gateways.js";
import { secretChanges, volumeChanges } from "./system/secrets-and-volumes.js";
import { movesBetween, placeAnew, placeOnward } from "./system/placement.js";
import { withPrivilege } from "./system/privilege.js";
import { resourceChanges } from "./system/resources.js";
import { serviceChanges } from "./system/services.js";
import { withSizesOf } from "./system/sizes.js";
import { stateChanges } from "./system/state.js";
import type { Unsimulated } from "./system/unsimulated.js";
import { topologyOf } from "./topology.js";
import { names, plural } from "./values.js";

/** A cluster on both sides, and what the engine would do. */
export interface Compared {
  readonly base: ClusterSide | undefined;
  readonly head: ClusterSide | undefined;
  readonly plan: PlanSummary;
  readonly refused: readonly { readonly address: string; readonly message: string }[];
  readonly notPlayed: readonly Unsimulated[];
  /** What the platform knows of its types of resources. */
  readonly classifier: PlanClassifier;
}

export interface Rules {
  /** Policies of base and head: a rule that a change removes holds until it is merged. */
  readonly base: readonly PolicyModel[];
  readonly head: readonly PolicyModel[];
  /** What somebody lets pass for this change alone. */
  readonly accepted: readonly Acceptance[];
}

/**
 * Two programs to the list of all that a change does. Pure: the same input gives the same list.
 * @param project the project's folder in its repository
 */
export function compare(base: Side, head: Side, clusters: readonly Compared[], rules: Rules, project = ""): ChangeList {
  const blind = blindnessOf(base, rules.accepted, project);
  const compared = clusters.map((cluster) => compareCluster(cluster, rules, blind, project));
  const accepted = [...rules.head.flatMap(({ accept }) => accept), ...rules.accepted];
  const rulings = compared.flatMap(({ policy }) => policy);
  const verdicts: Verdict[] = [...compared.map(({ verdict }) => verdict), blind?.verdict ?? "unchanged"];
  const idle = idleAcceptances(
    accepted.filter(({ rule: name }) => base.withheld !== true || name !== baseCode(project, base.commit)),
    rulings,
  );
  return {
    format: "lightfleet-preview",
    version: CHANGE_LIST_VERSION,
    project,
    base,
    head,
    verdict: head.state === "failed" ? "blocked" : worst(verdicts),
    idle: head.state === "failed" ? [] : idle,
    clusters: compared,
  };
}

/** What is not known because the base could not be read. */
interface Blindness {
  readonly verdict: Verdict;
  readonly reason: string;
}

/** @returns undefined where the base could be read, or there is none */
function blindnessOf(
  { state, withheld, commit }: Side,
  accepted: readonly Acceptance[],
  project: string,
): Blindness | undefined {
  if (state !== "failed") return undefined;
  const reason = "the base cannot be synthesized: what is new in head, and which policies hold, is not known";
  if (withheld !== true) return { verdict: "attention", reason };
  const code = baseCode(project, commit);
  const taken = accepted.find(({ rule: name }) => name === code);
  if (taken !== undefined) return { verdict: "attention", reason: `${reason}; accepted: ${taken.reason}` };
  return { verdict: "blocked", reason: `${reason}, and head has to do with that (its notes say why): ${code}` };
}

const worst = (verdicts: readonly Verdict[]): Verdict =>
  VERDICTS.find((verdict) => verdicts.includes(verdict)) ?? "unchanged";

function compareCluster(
  { base, head: declared, plan, refused, notPlayed, classifier }: Compared,
  rules: Rules,
  blind: Blindness | undefined,
  project: string,
): ClusterChanges {
  const head = base && declared ? { ...declared, model: withSizesOf(base.model, declared.model) } : declared;
  const model = (head ?? base)!.model;
  const changes =
    head === undefined
      ? [left(model)]
      : orderChanges(
          systemChanges({ base, head, declared: declared?.model ?? model }, { plan, notPlayed, classifier }),
        );
  const rolled = new Set(rolledFleets(plan, classifier).keys());
  const before = base && placeAnew(base.model);
  const after = head && (before === undefined ? placeAnew(head.model) : placeOnward(before, head.model, rolled));
  const policy = rule(changes, [...rules.base, ...rules.head], rules.accepted, [project, model.cluster]);
  const checks = compareChecks(base, head, changes);
  const counts = { remove: 0, replace: 0, rename: 0, roll: 0, restart: 0, change: 0, add: 0 };
  for (const { kind, action } of changes) if (kind !== "edge") counts[action]++;
  const found: Found = {
    changes,
    policy,
    checks,
    refused,
    plan,
    dropped: droppedRules(rules),
    unplayed: notPlayed.filter(isUnclear(changes)).map(({ address }) => address),
    blind,
  };
  const { verdict, reasons } = judge(found);
  return {
    cluster: model.cluster,
    status: base === undefined ? "new" : head === undefined ? "removed" : "kept",
    verdict,
    reasons,
    counts,
    changes,
    moved: before && after && wholeOf(changes) === undefined ? movesBetween(before, after, rolled) : [],
    checks,
    infrastructure: infrastructure(plan, refused, notPlayed, classifier),
    bootData: base && head ? bootDataChanges(base.bootData, head.bootData) : [],
    policy,
    topology: {
      base: base && before ? topologyOf(base.model, before) : null,
      head: head && after ? topologyOf(head.model, after) : null,
    },
    order: rolloutOrder(changes, head?.model),
    unknown: unknownOf(model, notPlayed),
  };
}

interface Sides {
  readonly base: ClusterSide | undefined;
  /** With as many VMs as there are once it is deployed. */
  readonly head: ClusterSide;
  /** What head says itself. */
  readonly declared: Model;
}

function systemChanges(
  { base, head: after, declared }: Sides,
  { plan, notPlayed, classifier }: Pick<Compared, "plan" | "notPlayed" | "classifier">,
): Change[] {
  const before = base ?? emptied(after);
  const fleets = fleetChanges(before.model, after.model, rolledFleets(plan, classifier), {
    declared,
    abrupt: abruptFleets(plan),
  });
  const lost = new Set(
    fleets.flatMap(({ id, marks }) => (marks.includes("data-loss") ? [id.slice("fleet:".length)] : [])),
  );
  const changes = [
    ...fleets,
    ...serviceChanges(before, after, lost),
    ...edgeChanges(before.model, after.model),
    ...gatewayChanges(before.model, after.model),
    ...secretChanges(before.model, after.model),
    ...volumeChanges(before.model, after.model),
    ...stateChanges(base, after),
  ];
  const cluster = clusterChanges(before.model, after.model);
  const whole = wholeOf(cluster);
  const all = withPrivilege(whole === undefined ? changes : ownParts(changes, whole), before.model, after.model);
  return [...cluster, ...all, ...resourceChanges(plan, { base, head: after, notPlayed, classifier })];
}

/** What differs and was not played through, and no change tells what becomes of it. */
const isUnclear =
  (changes: readonly Change[]) =>
  ({ address, written, planned }: Unsimulated): boolean =>
    written !== "same" && !planned && changes.every(({ id }) => id !== `resource:${address}`);

/** The same cluster with nothing in it: what there is before the first. */
function emptied(side: ClusterSide): ClusterSide {
  const model: Model = { ...side.model, fleets: [], services: [], gateways: [], secrets: [], volumes: [] };
  return { model, findings: [], headroom: [], bundle: {}, bootData: {} };
}

const WEIGHTS = ["danger", "warning", "plain"];
const KINDS = ["cluster", "fleet", "volume", "service", "gateway", "route", "secret", "edge", "resource"];

/** What is removed or replaced first, what holds data first within, then what is dangerous. */
function orderChanges(changes: readonly Change[]): Change[] {
  const rank = (change: Change): number[] => [
    ["remove", "replace"].includes(change.action) && change.kind !== "edge" ? 0 : 1,
    change.stateful ? 0 : 1,
    WEIGHTS.indexOf(change.weight),
    ACTIONS.indexOf(change.action),
    KINDS.indexOf(change.kind),
  ];
  return changes
    .map((change) => ({ change, rank: rank(change) }))
    .sort((a, b) => {
      const index = a.rank.findIndex((value, at) => value !== b.rank[at]);
      return index >= 0 ? a.rank[index]! - b.rank[index]! : a.change.id < b.change.id ? -1 : 1;
    })
    .map(({ change }) => change);
}

interface Found extends Pick<ClusterChanges, "changes" | "policy" | "checks"> {
  readonly refused: Compared["refused"];
  readonly plan: PlanSummary;
  /** Rules of the base that head no longer has. */
  readonly dropped: readonly string[];
  /** What differs, and was not played through. */
  readonly unplayed: readonly string[];
  readonly blind: Blindness | undefined;
}

function judge({ changes, policy, checks, refused, plan, dropped, unplayed, blind }: Found): {
  verdict: Verdict;
  reasons: string[];
} {
  const blocking = policy.filter(({ accepted }) => accepted === null);
  const errors = checks.appeared.filter(({ severity }) => severity === "error");
  const kept = checks.rows.some(({ mark }) => mark === "error") && errors.length === 0;
  const dangers = changes.filter(({ weight }) => weight === "danger");
  const warnings = changes.filter(({ weight }) => weight === "warning");
  const reasons = [
    ...blocking.map(({ rule: name, what }) => `policy ${name} is against ${what}`),
    ...errors.map(({ code, message }) => `check ${code}: ${message}`),
    ...refused.map(({ address, message }) => `${address} would be refused: ${message}`),
    ...(blind?.verdict === "blocked" ? [blind.reason] : []),
  ];
  const blocked = reasons.length > 0;
  reasons.push(...dangers.map(({ what, effect }) => `${what}: ${effect[0] ?? "dangerous"}`));
  if (warnings.length > 0)
    reasons.push(`${plural(warnings.length, "change")} to look at: ${names(warnings.map(({ what }) => what))}`);
  if (kept) reasons.push("the base has errors already, and this does not mend them");
  if (dropped.length > 0) reasons.push(`rules that would be dropped: ${names(dropped)}`);
  const gone =
    changes.length > 0 ? [] : plan.changes.filter(({ action }) => action === "destroy" || action === "replace");
  if (gone.length > 0) reasons.push(`destroyed or replaced: ${names(gone.map(({ address }) => address))}`);
  if (unplayed.length > 0)
    reasons.push(`what becomes of ${names(unplayed)} is not known offline: it differs from the base as it is written`);
  if (blind?.verdict === "attention") reasons.push(blind.reason);
  // Where more changes, the outputs do as well, and nobody wonders.
  if (plan.outputs.length > 0 && changes.length + plan.changes.length === 0)
    reasons.push(`outputs change: ${names(plan.outputs)}`);
  if (blocked) return { verdict: "blocked", reasons };
  if (
    dangers.length + warnings.length + dropped.length + unplayed.length + gone.length > 0 ||
    kept ||
    blind !== undefined
  )
    return { verdict: "attention", reasons };
  return { verdict: changes.length + plan.changes.length + plan.outputs.length > 0 ? "changes" : "unchanged", reasons };
}

function droppedRules({ base, head }: Rules): string[] {
  const named = (policies: readonly PolicyModel[]): string[] =>
    policies.flatMap(({ block }) => block.map(describePolicy));
  const left = new Set(named(head));
  return [...new Set(named(base).filter((name) => !left.has(name)))].sort();
}

function unknownOf(model: Model, notPlayed: readonly Unsimulated[]): string[] {
  const unclear = notPlayed
    .filter(({ written, planned }) => !(planned && written === "removed"))
    .map(({ address }) => address);
  return [
    "what was changed outside of the program (drift)",
    "quotas and capacity of the account",
    ...(model.fleets.some(({ os }) => os.image === null) ? ["which image the newest is: none is pinned"] : []),
    "whether images of containers exist and start",
    ...(model.secrets.length > 0 ? ["values of secrets"] : []),
    ...(unclear.length > 0
      ? [`what modules, other providers and what this has no rules for do: ${names(unclear, 6)}`]
      : []),
  ];
}

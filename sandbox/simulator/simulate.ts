/**
 * A rehearsal: what the engine's plan of one program would be in an account where another one was applied, played through in
 * this process, in memory. The objects are made and planned by the sandbox's own provider; what the engine adds to that, which is
 * references, order and actions, is here. Tests hold it against the real engine.
 */
import type { PlanClassifier } from "../../terraform/classifier.js";
import type { PlanJson, ResourceChange } from "../../terraform/plan-schema.js";
import type { Diagnostic } from "../protocol/messages.js";
import type { Tables } from "../tables.js";
import { isWhollyKnown, type Value } from "../value.js";
import { playBeside, type NotPlayed } from "./unsimulated-blocks.js";
import { compareCare, type Care } from "./lifecycle.js";
import { ended, planned, REFUSALS } from "./changes.js";
import { readDocument, type Document } from "./document.js";
import { MemoryStore } from "./memory-store.js";
import { blockOf, destinations, move, type Move } from "./moves.js";
import { forcedFirst } from "./order.js";
import { Play, type Made } from "./evaluate-config.js";
import { same } from "./deep-equal.js";
import { secretArguments } from "./sensitive.js";

/** Something that the sandbox would refuse, as the engine would say it. */
export interface Refused {
  readonly address: string;
  readonly message: string;
}

export interface Rehearsed extends Care {
  readonly plan: PlanJson;
  /** What the head's plan would end with. */
  readonly refused: readonly Refused[];
  /** What the base could not be applied with: the plan is made without these, and they are not played. */
  readonly baseRefused: readonly Refused[];
  /** What was compared by what is written alone. */
  readonly notPlayed: readonly NotPlayed[];
  /** What has another address in head than in base. */
  readonly moves: readonly Move[];
}

/**
 * Applies one program's Terraform JSON to an empty account, and plans another one's there.
 * @param base undefined where there was nothing before
 * @param head undefined where nothing is left
 * @param classifier says what a resource exposes
 */
export function rehearse(
  tables: Tables,
  cluster: string,
  base: unknown,
  head: unknown,
  { exposed }: Pick<PlanClassifier, "exposed">,
): Rehearsed {
  const store = new MemoryStore();
  const [before, after] = [readDocument(base), readDocument(head)];
  const renamed = destinations(after.moved);
  const applied = new Play(tables, store, cluster, before, undefined, renamed);
  const state = new Map<string, Made>();
  for (const one of before.declared.values()) {
    const made = applied.apply(one);
    if (made !== undefined && one.mode === "managed") state.set(one.address, made);
  }
  for (const [address, made] of state) state.set(address, applied.refresh(made));
  const oldOutputs = applied.outputs();

  const moves = move(state, after);
  const play = new Play(tables, store, cluster, after, state);
  const care = compareCare(
    { document: before, provider: (key) => applied.providerConfig(key) },
    { document: after, provider: (key) => play.providerConfig(key) },
  );
  // The engine looks for these in the other place, does not find them, and makes them anew.
  for (const { address } of care.elsewhere) state.delete(address);
  const { changes, refused } = planAll(play, before, after, { state, moves });
  const baseRefused = applied.failures.map(told);
  const left = new Set(
    [...applied.notPlayed, ...play.notPlayed, ...baseRefused.map(({ address }) => address)].map(blockOf),
  );
  const beside = playBeside(
    { document: before, configured: (one) => applied.configured(one) },
    { document: after, configured: (one) => play.configured(one) },
    left,
    { exposed, isTriggered: (one) => play.isTriggered(one) },
  );
  const failures = [...play.failures, ...refused];
  return {
    plan: {
      format_version: "1.2",
      resource_changes: [...changes.filter(({ type, name }) => !left.has(`${type}.${name}`)), ...beside.changes],
      resource_drift: [],
      output_changes: outputChanges(oldOutputs, play.outputs()),
      errored: failures.length + beside.refused.length > 0,
    },
    // What was refused for the base already is known to nobody here: it may well run.
    refused: [...failures.map(told).filter(({ address }) => !left.has(blockOf(address))), ...beside.refused.map(told)],
    baseRefused,
    notPlayed: beside.notPlayed,
    ...care,
    moves: [
      ...[...renamed].map(([from, to]) => ({ from, to })),
      ...[...moves].map(([to, from]) => ({ from, to })),
      ...beside.changes.flatMap(({ address: to, previous_address: from }) =>
        from === undefined ? [] : [{ from, to }],
      ),
    ],
  };
}

interface Standing {
  /** What there is, by its address in head. */
  readonly state: ReadonlyMap<string, Made>;
  /** Old addresses by the new ones. */
  readonly moves: ReadonlyMap<string, string>;
}

interface PlannedAll {
  readonly changes: readonly ResourceChange[];
  readonly refused: readonly (readonly [string, Diagnostic])[];
}

/** What is planned for each object; what the engine refuses is not planned. */
function planAll(play: Play, before: Document, after: Document, { state, moves }: Standing): PlannedAll {
  const first = forcedFirst(after);
  const changes: ResourceChange[] = [];
  const refused: (readonly [string, Diagnostic])[] = [];
  for (const one of after.declared.values()) {
    const object = one.mode === "managed" ? play.plan(one) : undefined;
    if (object === undefined) continue;
    const from = moves.get(one.address);
    const was = before.declared.get(from ?? one.address);
    const secret = [...secretArguments(one.config, after), ...(was ? secretArguments(was.config, before) : [])];
    const change = planned(one, object, { first: first.has(one.address), from, secret });
    if (one.guarded && change.change.actions.length === 2) refused.push([one.address, REFUSALS.guarded(one.address)]);
    else changes.push(change);
  }
  const forgotten = new Set(after.removed.filter(({ destroy }) => !destroy).map(({ from }) => from));
  const guarded = new Set([...after.declared.values()].flatMap((one) => (one.guarded ? [blockOf(one.address)] : [])));
  for (const [address, made] of state) {
    if (after.declared.has(address)) continue;
    if (guarded.has(blockOf(address))) refused.push([address, REFUSALS.guarded(address)]);
    else changes.push(ended(address, made, forgotten.has(blockOf(address))));
  }
  for (const { from } of after.removed) if (after.blocks.has(from)) refused.push([from, REFUSALS.stillThere(from)]);
  return { changes, refused };
}

const told = ([address, { summary, detail }]: readonly [string, Diagnostic]): Refused => ({
  address,
  message: [summary, detail].filter(Boolean).join(": ").replace(/\s+/g, " ").slice(0, 400),
});

function outputChanges(
  before: ReadonlyMap<string, Value>,
  after: ReadonlyMap<string, Value>,
): PlanJson["output_changes"] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return Object.fromEntries(
    names.map((name) => {
      const [from, to] = [before.get(name), after.get(name)];
      const action =
        from === undefined
          ? "create"
          : to === undefined
            ? "delete"
            : isWhollyKnown(to) && same(from, to)
              ? "no-op"
              : "update";
      return [name, { actions: [action] }];
    }),
  );
}

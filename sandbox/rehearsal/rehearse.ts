/**
 * A rehearsal: what the engine's plan of one program would be in an account where another one was applied, played through in
 * this process, in memory. The objects are made and planned by the sandbox's own provider; what the engine adds to that, which is
 * references, order and actions, is here. Tests hold it against the real engine.
 */
import type { PlanJson, ResourceChange } from "../../terraform/plan-schema.js";
import type { Diagnostic } from "../protocol/messages.js";
import type { Tables } from "../tables.js";
import { isObject, isWhollyKnown, type Value } from "../value.js";
import { readDocument, type Declared, type Document } from "./document.js";
import { forcedFirst } from "./order.js";
import { Play, same, type Made } from "./play.js";
import { reveal } from "./reveal.js";
import { MemoryStore } from "./memory-store.js";

/** Something that the sandbox would refuse, as the engine would say it. */
export interface Refused {
  readonly address: string;
  readonly message: string;
}

export interface Rehearsed {
  readonly plan: PlanJson;
  /** What the head's plan would end with. */
  readonly refused: readonly Refused[];
  /** What the base could not be applied with: the plan is made without these, and they are not played. */
  readonly baseRefused: readonly Refused[];
  /** What was compared by what is written alone. */
  readonly notPlayed: readonly NotPlayed[];
}

/**
 * Something that is not played through: another provider's type, a `count` or `for_each` that hangs on something else, a module, and
 * what could not be made for the base.
 */
export interface NotPlayed {
  readonly address: string;
  /** How head's block is to the base's, as they are written. */
  readonly written: "added" | "removed" | "changed" | "same";
}

/**
 * Applies one program's Terraform JSON to an empty account, and plans another one's there.
 * @param base undefined where there was nothing before
 * @param head undefined where nothing is left
 */
export function rehearse(tables: Tables, cluster: string, base: unknown, head: unknown): Rehearsed {
  const store = new MemoryStore();
  const [before, after] = [readDocument(base), readDocument(head)];
  const applied = new Play(tables, store, cluster, before);
  const state = new Map<string, Made>();
  for (const one of before.declared.values()) {
    const made = applied.apply(one);
    if (made !== undefined && one.mode === "managed") state.set(one.address, made);
  }
  for (const [address, made] of state) state.set(address, applied.refresh(made));
  const oldOutputs = applied.outputs();

  const moves = move(state, after);
  const planned = new Play(tables, store, cluster, after, state);
  const first = forcedFirst(after);
  const changes: ResourceChange[] = [];
  for (const one of after.declared.values()) {
    if (one.mode !== "managed") continue;
    const change = planOne(planned, one, first.has(one.address), moves.get(one.address));
    if (change !== undefined) changes.push(change);
  }
  const names = new Set(after.declared.keys());
  for (const [address, made] of state) if (!names.has(address)) changes.push(end(address, made));
  const baseRefused = applied.failures.map(told);
  const notPlayed = compareWritten(before, after, [
    ...applied.notPlayed,
    ...planned.notPlayed,
    ...baseRefused.map(({ address }) => blockOf(address)),
  ]);
  const left = new Set(notPlayed.map(({ address }) => address));
  return {
    plan: {
      format_version: "1.2",
      resource_changes: changes.filter(({ type, name }) => !left.has(`${type}.${name}`)),
      resource_drift: [],
      output_changes: outputChanges(oldOutputs, planned.outputs()),
      errored: planned.failures.length > 0,
    },
    // What was refused for the base already is known to nobody here: it may well run.
    refused: planned.failures.map(told).filter(({ address }) => !left.has(blockOf(address))),
    baseRefused,
    notPlayed,
  };
}

/** The block that an address is of: `aws_eip.nat` of `aws_eip.nat[0]`. */
const blockOf = (address: string): string => address.replace(/\[.*$/s, "");

function compareWritten(before: Document, after: Document, addresses: readonly string[]): NotPlayed[] {
  return [...new Set(addresses)].sort().flatMap((address): NotPlayed[] => {
    const [was, now] = [before, after].map(({ blocks }) => withoutNotes(blocks.get(address)));
    if (was === undefined && now === undefined) return [];
    const written = was === undefined ? "added" : now === undefined ? "removed" : same(was, now) ? "same" : "changed";
    return [{ address, written }];
  });
}

/** What cdktf notes in a block says nothing of what it does. */
const withoutNotes = (block: Value | undefined): Value | undefined =>
  isObject(block) ? Object.fromEntries(Object.entries(block).filter(([name]) => name !== "//")) : block;

const told = ([address, { summary, detail }]: readonly [string, Diagnostic]): Refused => ({
  address,
  message: [summary, detail].filter(Boolean).join(": ").replace(/\s+/g, " ").slice(0, 400),
});

/** Renames what `moved` blocks say, and what gets or loses a `count`. @returns old addresses by the new ones */
function move(state: Map<string, Made>, { moved, declared, repeated }: Document): Map<string, string> {
  const moves = new Map<string, string>();
  const rename = (from: string, to: string): void => {
    const made = state.get(from);
    if (made === undefined || state.has(to)) return;
    state.delete(from);
    state.set(to, made);
    moves.set(to, moves.get(from) ?? from);
  };
  for (const { from, to } of moved)
    for (const address of [...state.keys()])
      if (address === from || address.startsWith(`${from}[`)) rename(address, to + address.slice(from.length));
  for (const address of [...state.keys()]) {
    const block = blockOf(address);
    if (address === block && repeated.get(block)?.list) rename(address, `${block}[0]`);
    else if (address === `${block}[0]` && declared.has(block)) rename(address, block);
  }
  return moves;
}

function planOne(play: Play, one: Declared, first: boolean, from: string | undefined): ResourceChange | undefined {
  const planned = play.plan(one);
  if (planned === undefined) return undefined;
  const { prior, value, replace, block } = planned;
  const kept = prior !== null && same(prior, value);
  const actions =
    prior === null
      ? ["create"]
      : kept
        ? ["no-op"]
        : replace.length > 0
          ? first
            ? ["create", "delete"]
            : ["delete", "create"]
          : ["update"];
  const shown = { before: reveal(block, prior), after: reveal(block, value) };
  return {
    address: one.address,
    mode: "managed",
    type: one.type,
    name: one.name,
    ...(from !== undefined && { previous_address: from }),
    ...(actions.length === 2 && { action_reason: "replace_because_cannot_update" }),
    change: {
      actions,
      before: shown.before.value,
      after: shown.after.value,
      after_unknown: shown.after.unknown,
      before_sensitive: shown.before.sensitive,
      after_sensitive: shown.after.sensitive,
      ...(actions.length === 2 && { replace_paths: replace.map((path) => [...path]) }),
    },
  };
}

function end(address: string, { type, name, value, block }: Made): ResourceChange {
  const shown = reveal(block, value);
  return {
    address,
    mode: "managed",
    type,
    name,
    action_reason: "delete_because_no_resource_config",
    change: {
      actions: ["delete"],
      before: shown.value,
      after: null,
      after_unknown: {},
      before_sensitive: shown.sensitive,
      after_sensitive: false,
    },
  };
}

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

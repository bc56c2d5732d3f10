import type { Exposure, PlanClassifier } from "../../terraform/classifier.js";
import type { ResourceChange } from "../../terraform/plan-schema.js";
import type { Diagnostic } from "../protocol/messages.js";
import { isObject, isUnknown, isWhollyKnown, type ObjectValue, type Value } from "../value.js";
import { createdUnplayed, endedUnplayed, movedUnplayed, REFUSALS, sameKnown } from "./changes.js";
import type { Declared, Document } from "./document.js";
import { writtenAs } from "./dynamic.js";
import { blockOf, move } from "./moves.js";
import { same } from "./deep-equal.js";
import { secretArguments } from "./sensitive.js";

/**
 * Something that is not played through: another provider's type, one that there are no rules for, a `count` or `for_each` that hangs
 * on something else, a module, and what could not be made for the base.
 */
export interface NotPlayed {
  readonly address: string;
  /** How head's block is to the base's, as they are written. */
  readonly written: "added" | "removed" | "changed" | "same";
  /** Whether the plan has what becomes of it all the same: what is gone is destroyed, and what is new is made. */
  readonly planned: boolean;
  /** Names of the arguments that differ, where it is a resource on both sides. */
  readonly differs: string[];
  /** What of it is open to everybody, and was not before. */
  readonly opens: Exposure[];
  /** Whether the engine refuses to replace it. */
  readonly guarded: boolean;
}

/** One side: what is declared, and what a block says with its expressions worked out. */
export interface WrittenSide {
  readonly document: Document;
  readonly configured: (one: Pick<Declared, "config" | "instance">) => ObjectValue;
}

/** What is known beside the two documents. */
export interface Judgement extends Pick<PlanClassifier, "exposed"> {
  /** Whether something changes that a resource is to be replaced with. @default nothing does */
  readonly isTriggered?: (one: Declared) => boolean;
}

interface Beside {
  readonly notPlayed: readonly NotPlayed[];
  readonly changes: readonly ResourceChange[];
  readonly refused: readonly (readonly [string, Diagnostic])[];
}

/**
 * What becomes of blocks that are not played through, as far as it is certain: what is gone is destroyed, what is new is made, and
 * of what is left it is said which arguments differ.
 * @param blocks addresses of the blocks
 */
export function playBeside(
  before: WrittenSide,
  after: WrittenSide,
  blocks: ReadonlySet<string>,
  { exposed, isTriggered = () => false }: Judgement,
): Beside {
  const objects = new Map<string, Declared>();
  for (const one of before.document.declared.values())
    if (one.mode === "managed" && blocks.has(blockOf(one.address))) objects.set(one.address, one);
  const moves = move(objects, after.document);
  const all = new Set([...blocks, ...[...objects.keys()].map(blockOf)]);
  const former = new Set([...moves.values()].map(blockOf));
  const found = [...all].sort().flatMap((block): Beside[] => {
    const was = [...objects].filter(([address]) => blockOf(address) === block);
    const now = [...after.document.declared.values()].filter(
      ({ address, mode }) => mode === "managed" && blockOf(address) === block,
    );
    if (was.length + now.length > 0) return [resource(block, { was, now, moves, exposed, isTriggered }, before, after)];
    const side = former.has(block) ? undefined : compareBlocks(block, before, after);
    return side === undefined ? [] : [{ notPlayed: [side], changes: [], refused: [] }];
  });
  return {
    notPlayed: found.flatMap(({ notPlayed }) => notPlayed),
    changes: found.flatMap(({ changes }) => changes),
    refused: found.flatMap(({ refused }) => refused),
  };
}

/** Modules and data sources: they are compared as they are written, and modules by what goes into them. */
function compareBlocks(address: string, before: WrittenSide, after: WrittenSide): NotPlayed | undefined {
  const [from, to] = [before, after].map(({ document }) => withoutNotes(document.blocks.get(address)));
  if (from === undefined && to === undefined) return undefined;
  const moduleDiffers = (): boolean =>
    address.startsWith("module.") && isObject(from) && isObject(to) && differing(from, to, before, after).length > 0;
  const written =
    from === undefined
      ? "added"
      : to === undefined
        ? "removed"
        : same(from, to) && !moduleDiffers()
          ? "same"
          : "changed";
  return { address, written, planned: false, differs: [], opens: [], guarded: false };
}

/** What cdktf notes in a block says nothing of what it does. */
const withoutNotes = (block: Value | undefined): Value | undefined =>
  isObject(block) ? Object.fromEntries(Object.entries(block).filter(([name]) => name !== "//")) : block;

interface Objects {
  /** By their addresses in head. */
  readonly was: readonly (readonly [string, Declared])[];
  readonly now: readonly Declared[];
  readonly moves: ReadonlyMap<string, string>;
  readonly exposed: PlanClassifier["exposed"];
  readonly isTriggered: (one: Declared) => boolean;
}

function resource(
  block: string,
  { was, now, moves, exposed, isTriggered }: Objects,
  before: WrittenSide,
  after: WrittenSide,
): Beside {
  const old = new Map(was);
  const fresh = new Map(now.map((one) => [one.address, one]));
  const hanging = [...old.values(), ...fresh.values()].some(({ single }) => !single);
  const guarded = now.some((one) => one.guarded);
  const base = { address: block, planned: false, differs: [], opens: [], guarded };
  // How many are made is not known.
  if (hanging && old.size === 0) return alone({ ...base, written: "added" });
  if (hanging && fresh.size > 0) {
    const [[first = block] = []] = was;
    const from = before.document.blocks.get(blockOf(moves.get(first) ?? first));
    const to = after.document.blocks.get(block);
    const many = ["count", "for_each"].filter((name) => isObject(from) && isObject(to) && !same(from[name], to[name]));
    const { differs, opens } = merge(
      [...old.values()].flatMap((one) => now.map((other) => compared(one, other, [before, after], exposed))),
    );
    const all = [...many, ...differs];
    return alone({ ...base, differs: all, opens, written: all.length > 0 ? "changed" : "same" });
  }
  const changes: ResourceChange[] = [];
  const refused: (readonly [string, Diagnostic])[] = [];
  const forgotten = after.document.removed.some(({ from, destroy }) => from === block && !destroy);
  for (const [address, was] of old) {
    const { type, name } = was;
    if (fresh.has(address)) continue;
    if (guarded) refused.push([address, REFUSALS.guarded(address)]);
    else
      changes.push(endedUnplayed({ address, type, name: blockName(block, name) }, before.configured(was), forgotten));
  }
  const both: Difference[] = [];
  for (const [address, one] of fresh) {
    const from = moves.get(address);
    const other = old.get(address);
    if (other === undefined && after.document.imports.has(address)) {
      both.push({ differs: ["import"], opens: [] });
      continue;
    }
    if (other === undefined) {
      const config = after.configured(one);
      changes.push(createdUnplayed(one, config, secretArguments(one.config, after.document)));
      continue;
    }
    if (from !== undefined) changes.push(movedUnplayed(one, from));
    both.push(compared(other, one, [before, after], exposed));
    if (isTriggered(one)) both.push({ differs: ["replace_triggered_by"], opens: [] });
  }
  const { differs, opens } = merge(both);
  const written = old.size === 0 ? "added" : fresh.size === 0 ? "removed" : differs.length > 0 ? "changed" : "same";
  const planned = written === "removed" || (written === "added" && changes.length > 0);
  return { notPlayed: [{ ...base, written, planned, differs, opens }], changes, refused };
}

const blockName = (block: string, name: string): string => block.split(".").at(-1) ?? name;
const alone = (one: NotPlayed): Beside => ({ notPlayed: [one], changes: [], refused: [] });

interface Difference {
  readonly differs: string[];
  readonly opens: Exposure[];
}

const merge = (all: readonly Difference[]): Difference => ({
  differs: [...new Set(all.flatMap(({ differs }) => differs))].sort(),
  opens: [...new Map(all.flatMap(({ opens }) => opens).map((one) => [one.text, one])).values()].sort((a, b) =>
    a.text < b.text ? -1 : 1,
  ),
});

/** The arguments that differ, but for those whose changes are left alone. */
function compared(
  was: Declared,
  now: Declared,
  [before, after]: readonly [WrittenSide, WrittenSide],
  exposed: PlanClassifier["exposed"],
): Difference {
  const { ignored } = now;
  const differs = differing(was.config, now.config, before, after, [was.instance, now.instance]);
  return {
    differs: [
      ...differs.filter((name) => ignored !== "all" && !ignored.includes(name)),
      ...(was.provider === now.provider ? [] : ["provider"]),
    ],
    opens: exposed(now.type, was.type === now.type ? said(was, before) : undefined, said(now, after)),
  };
}

/** Names of what is not known to be the same; what was not known before is compared as it is written. */
function differing(
  was: ObjectValue,
  now: ObjectValue,
  before: WrittenSide,
  after: WrittenSide,
  [old, fresh]: readonly Declared["instance"][] = [],
): string[] {
  const from = before.configured({ config: was, ...(old !== undefined && { instance: old }) });
  const to = after.configured({ config: now, ...(fresh !== undefined && { instance: fresh }) });
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
  return names.filter((name) =>
    isWhollyKnown(from[name] ?? null)
      ? !sameKnown(from[name], to[name])
      : !same(writtenAs(was, name), writtenAs(now, name)),
  );
}

/** What a block says: what is not known before anything is made, as it is written. */
const said = (one: Declared, { configured }: WrittenSide): ObjectValue => ({
  ...one.config,
  ...Object.fromEntries(Object.entries(configured(one)).filter(([, value]) => !isUnknown(value))),
});

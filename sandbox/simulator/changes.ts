import type { ResourceChange } from "../../terraform/plan-schema.js";
import type { Diagnostic } from "../protocol/messages.js";
import { isUnknown, isWhollyKnown, type ObjectValue, type Value } from "../value.js";
import type { Declared } from "./document.js";
import type { Made, PlannedObject } from "./evaluate-config.js";
import { same } from "./deep-equal.js";
import { reveal, revealWritten, type Revealed } from "./plan-json.js";

type Named = Pick<Declared, "address" | "type" | "name">;

/** Entries of a plan as the engine writes them, each for one object. */
const entry = (
  { address, type, name }: Named,
  actions: readonly string[],
  before: Revealed,
  after: Revealed,
): ResourceChange => ({
  address,
  mode: "managed",
  type,
  name,
  change: {
    actions: [...actions],
    before: before.value,
    after: after.value,
    after_unknown: after.unknown,
    before_sensitive: before.sensitive,
    after_sensitive: after.sensitive,
  },
});

const NOTHING: Revealed = { value: null, unknown: {}, sensitive: false };

/**
 * What becomes of an object that is in the program.
 * @param first whether a replacement is made before the old one goes
 * @param secret arguments whose values come from what is never shown
 */
export function planned(
  one: Declared,
  { prior, value, replace, triggered, block }: PlannedObject,
  { first, from, secret }: { first: boolean; from: string | undefined; secret: readonly string[] },
): ResourceChange {
  const replaced = prior !== null && !same(prior, value) && (triggered || replace.length > 0);
  const actions =
    prior === null
      ? ["create"]
      : same(prior, value)
        ? ["no-op"]
        : replaced
          ? first
            ? ["create", "delete"]
            : ["delete", "create"]
          : ["update"];
  const made = entry(one, actions, reveal(block, prior, secret), reveal(block, value, secret));
  return {
    ...made,
    written: one.config,
    ...(from !== undefined && { previous_address: from }),
    ...(replaced && {
      action_reason: replace.length > 0 ? "replace_because_cannot_update" : "replace_by_triggers",
    }),
    change: { ...made.change, ...(replaced && { replace_paths: replace.map((path) => [...path]) }) },
  };
}

/** What becomes of an object that is no longer in the program. */
export function ended(address: string, { type, name, value, block }: Made, forgotten: boolean): ResourceChange {
  const made = entry({ address, type, name }, [forgotten ? "forget" : "delete"], reveal(block, value), NOTHING);
  return forgotten ? made : { ...made, action_reason: "delete_because_no_resource_config" };
}

/** The same for what is not played through: all that is known of it is what it was written with. */
export function endedUnplayed(one: Named, config: ObjectValue, forgotten: boolean): ResourceChange {
  const made = entry(one, [forgotten ? "forget" : "delete"], revealWritten(config, []), NOTHING);
  return forgotten ? made : { ...made, action_reason: "delete_because_no_resource_config" };
}

/** An object that is not played through, and new: with the arguments that it is written with. */
export const createdUnplayed = (one: Declared, config: ObjectValue, secret: readonly string[]): ResourceChange => ({
  ...entry(one, ["create"], NOTHING, revealWritten(config, secret)),
  written: one.config,
});

/** An object that is not played through, and has another address. */
export const movedUnplayed = (one: Named, from: string): ResourceChange => ({
  ...entry(one, ["no-op"], NOTHING, NOTHING),
  previous_address: from,
});

/** Whether two values of an argument are known to be the same. */
export const sameKnown = (a: Value | undefined, b: Value | undefined): boolean =>
  !isUnknown(a) && !isUnknown(b) && isWhollyKnown(a ?? null) && isWhollyKnown(b ?? null) && same(a ?? null, b ?? null);

/** The engine's own words for what it refuses. */
export const REFUSALS = {
  guarded: (address: string): Diagnostic => ({
    summary: "Instance cannot be destroyed",
    detail: `Resource ${address} has lifecycle.prevent_destroy set, but the plan calls for this resource to be destroyed. To avoid this error and continue with the plan, either disable lifecycle.prevent_destroy or reduce the scope of the plan using the -target option.`,
  }),
  stillThere: (address: string): Diagnostic => ({
    summary: "Removed resource still exists",
    detail: `This statement declares that ${address} was removed, but it is still declared in configuration.`,
  }),
} as const;

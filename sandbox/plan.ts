/**
 * What becomes of an object: pure functions from what it was and what is configured to what is planned, after the rules
 * of Terraform's plugin SDK, which the real provider follows.
 */
import { canonical, equalNested, equalTypes } from "./equal.js";
import type { Change } from "./change.js";
import { replacements } from "./replace.js";
import {
  attributesOf,
  blocksOf,
  UNKNOWN_FACT,
  type Attribute,
  type Block,
  type Facts,
  type NestedBlock,
  type Path,
  type Type,
} from "./schema.js";
import { spread } from "./side-effects.js";
import {
  isList,
  isObject,
  isUnknown,
  isWhollyKnown,
  UNKNOWN,
  type Draft,
  type ObjectValue,
  type Value,
} from "./value.js";

export interface Plan {
  readonly planned: ObjectValue;
  /** Paths whose change cannot be made in place. */
  readonly replace: readonly Path[];
}

/** Lets a resource type add what its schema does not tell: it may change the draft, and answers further replacements. */
export type Adjust = (draft: Draft, change: Change) => readonly Path[];

/**
 * Plans one object.
 * What is configured is planned as it is. What is not configured: a default where there is one; else, if the cloud decides
 * it, unknown on creation and kept afterwards; else nothing. An update makes those attributes unknown that any update may
 * move. Where nothing changes, the plan is what was.
 */
export function plan(change: Change, adjust?: Adjust): Plan {
  const { block, facts, prior, config, framework = false } = change;
  const place: Place = { facts, framework, path: "", isNew: prior === null, inSet: false };
  const draft: Draft = { ...planBlock(place, block, prior, config) };
  const more = adjust?.(draft, change) ?? [];
  if (prior === null) return { planned: draft, replace: [] };
  if (isUnchanged(block, prior, draft)) return { planned: prior, replace: [] };
  const planned = spread(change, prior, draft);
  return { planned, replace: [...replacements(block, facts, prior, planned), ...more] };
}

/** Whether two states of an object are the same; how long Terraform waits for it (`timeouts`) is no part of it. */
export function isUnchanged(block: Block, prior: ObjectValue, planned: ObjectValue): boolean {
  return changedNames(block, prior, planned).length === 0;
}

/** The top-level arguments and blocks that differ. */
export function changedNames(block: Block, prior: ObjectValue, planned: ObjectValue): string[] {
  const attributes = attributesOf(block).filter(
    ([name, { type }]) => !equalTypes(type, prior[name] ?? null, planned[name] ?? null),
  );
  const blocks = blocksOf(block).filter(
    ([name, nested]) => name !== "timeouts" && !equalNested(nested, prior[name] ?? null, planned[name] ?? null),
  );
  return [...attributes, ...blocks].map(([name]) => name);
}

interface Place {
  readonly facts: Facts;
  /** In the notation of the facts: `default_action[].forward[]`. */
  readonly path: string;
  readonly framework: boolean;
  /** Whether the resource is yet to be made. */
  readonly isNew: boolean;
  /** Whether some block around is an element of a set. */
  readonly inSet: boolean;
}

const under = (place: Place, name: string): Place => ({
  ...place,
  path: place.path === "" ? name : `${place.path}.${name}`,
});

function planBlock(place: Place, block: Block, prior: ObjectValue | null, config: ObjectValue): ObjectValue {
  const planned: Draft = {};
  for (const [name, attribute] of attributesOf(block))
    planned[name] = planAttribute(
      under(place, name),
      attribute,
      prior === null ? undefined : (prior[name] ?? null),
      config[name] ?? null,
    );
  for (const [name, nested] of blocksOf(block))
    planned[name] = planNested(
      under(place, name),
      nested,
      prior === null ? undefined : (prior[name] ?? null),
      config[name] ?? null,
    );
  return planned;
}

/** `prior` is undefined where there was no object to have the attribute. */
function planAttribute(place: Place, attribute: Attribute, prior: Value | undefined, config: Value): Value {
  const { facts, path } = place;
  if (attribute.write_only) return null;
  if (config !== null) {
    // The SDK does not tell nothing from what is empty.
    if (prior === null && isBlank(config)) return null;
    if (prior === undefined && attribute.computed && isNone(config) && !place.framework) return planComputed(place);
    const keeps = prior !== undefined && prior !== null && facts.suppressed?.includes(path);
    return keeps ? prior : place.framework ? config : planConfigured(attribute.type, config);
  }
  const preset = facts.defaults?.[path];
  const removed = facts.removed?.[path];
  if (attribute.computed) {
    if (removed === null) return null;
    if (prior === undefined) return preset ?? planComputed(place);
    return preset !== undefined && removed === preset ? preset : prior;
  }
  if (preset !== undefined) return preset;
  if (removed !== undefined && removed !== UNKNOWN_FACT && prior !== undefined && prior !== null) return removed;
  // The SDK does not tell an argument that is not set from one that is set to nothing.
  if (prior !== undefined) return isZero(prior) ? prior : null;
  return place.inSet && !place.framework && attribute.type === "string" ? "" : null;
}

/** What the cloud decides of a block that is new: the SDK asks for it only along with the resource, or in a set. */
const planComputed = ({ framework, isNew, inSet }: Place): Value => (framework || isNew || inSet ? UNKNOWN : null);

/**
 * What is configured, as the SDK has it: a set or a map is known as a whole or not at all; in an attribute that is a list
 * of objects, what is not set is empty (`ingress = [{ … }]` of a security group).
 */
function planConfigured(type: Type, value: Value): Value {
  if (typeof type === "string" || type[0] === "object") return value;
  const element = type[1];
  if (type[0] !== "map" && typeof element !== "string" && element[0] === "object" && isList(value))
    return value.map((item) => (isObject(item) ? withZeros(element[1], item) : item));
  return type[0] !== "list" && !isWhollyKnown(value) ? UNKNOWN : value;
}

function withZeros(members: { readonly [name: string]: Type }, item: ObjectValue): ObjectValue {
  const planned = Object.entries(members).map(([name, member]): [string, Value] => {
    const value = item[name] ?? zero(member);
    return [name, typeof member === "string" || isWhollyKnown(value) ? value : UNKNOWN];
  });
  return Object.fromEntries(planned);
}

function zero(type: Type): Value {
  if (typeof type === "string") return { string: "", number: 0, bool: false }[type];
  return type[0] === "list" || type[0] === "set" ? [] : null;
}

const isBlank = (value: Value): boolean =>
  value === "" || (isList(value) && value.length === 0) || (isObject(value) && Object.keys(value).length === 0);

const isNone = (value: Value): boolean => isList(value) && value.length === 0;

const isZero = (value: Value): boolean => value === 0 || value === false || isBlank(value);

function planNested(place: Place, nested: NestedBlock, prior: Value | undefined, config: Value): Value {
  if (config === null || isUnknown(config)) return config;
  if (isObject(config)) return planBlock(place, nested.block, isObject(prior) ? prior : null, config);
  if (!isList(config)) return config;
  const filled = place.facts.computed_blocks?.includes(place.path) ?? false;
  if (config.length === 0 && filled) return prior === undefined ? UNKNOWN : prior;
  const elements = { ...place, path: `${place.path}[]` };
  const before = isList(prior) ? prior : [];
  return nested.nesting_mode === "set"
    ? planSet({ ...elements, inSet: true }, nested, before, config)
    : planList(elements, nested, before, config);
}

function planList(place: Place, { block }: NestedBlock, prior: readonly Value[], config: readonly Value[]): Value {
  return config.map((item, index) => {
    const before = prior[index];
    return isObject(item) ? planBlock(place, block, isObject(before) ? before : null, item) : item;
  });
}

/** An element of a set has no place of its own: it continues the first one before it that differs in nothing it sets. */
function planSet(place: Place, { block }: NestedBlock, prior: readonly Value[], config: readonly Value[]): Value {
  const left = prior.filter(isObject);
  return config.map((item) => {
    if (!isObject(item)) return item;
    const fresh = planBlock(place, block, null, item);
    const index = left.findIndex((before) => {
      const continued = planBlock(place, block, before, item);
      return canonical(block, continued) === canonical(block, before);
    });
    return index < 0 ? fresh : (left.splice(index, 1)[0] ?? fresh);
  });
}

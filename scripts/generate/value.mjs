import { UNKNOWN } from "./plugin.mjs";

/** Values of a block as the plugin protocol has them: every attribute present, null where nothing is set. */
export function nullBlock({ attributes = {}, block_types = {} }) {
  const none = Object.keys(attributes).map((key) => [key, null]);
  return Object.fromEntries([
    ...none,
    ...Object.entries(block_types).map(([key, { nesting_mode }]) => [key, nesting_mode === "single" ? null : []]),
  ]);
}

/** A configuration written as far as it goes, as the protocol wants it. */
export function complete(block, given) {
  const value = { ...nullBlock(block), ...given };
  for (const [key, { block: inner }] of Object.entries(block.block_types ?? {})) {
    if (Array.isArray(value[key])) value[key] = value[key].map((element) => complete(inner, element));
    else if (value[key] !== null) value[key] = complete(inner, value[key]);
  }
  return value;
}

/**
 * What Terraform proposes to the provider: the configuration, and where it is silent on something computed the prior
 * value. (Terraform's own rule, which the provider then corrects.)
 */
export function propose(block, prior, config) {
  const before = prior ?? nullBlock(block);
  const result = {};
  for (const [key, attribute] of Object.entries(block.attributes ?? {}))
    result[key] = config[key] === null && attribute.computed ? before[key] : config[key];
  for (const [key, nested] of Object.entries(block.block_types ?? {}))
    result[key] = proposeNested(nested, before[key], config[key]);
  return result;
}

function proposeNested({ block, nesting_mode: mode }, before, config) {
  if (mode === "single") return config === null ? before : propose(block, before, config);
  const olds = before ?? [];
  if (mode === "set")
    return config.map((element) => propose(block, olds.find((old) => isPriorOf(block, old, element)) ?? null, element));
  return config.map((element, index) => propose(block, olds[index] ?? null, element));
}

/** Whether an element of a set may be what a configured element was before: all that is configured is equal. */
function isPriorOf(block, old, config) {
  const attributes = Object.entries(block.attributes ?? {}).every(
    ([key, attribute]) => (config[key] === null && attribute.computed) || same(attribute.type, old[key], config[key]),
  );
  return (
    attributes &&
    Object.entries(block.block_types ?? {}).every(
      ([key, nested]) =>
        JSON.stringify(canonBlocks(nested, old[key])) === JSON.stringify(canonBlocks(nested, config[key])),
    )
  );
}

/** A planned state as if it had been applied: what was unknown has a value of the right type. */
export function applied(block, planned, sample) {
  const state = {};
  for (const [key, attribute] of Object.entries(block.attributes ?? {}))
    state[key] = settle(planned[key], attribute.type, () => sample(key, attribute));
  for (const [key, nested] of Object.entries(block.block_types ?? {})) {
    const value = planned[key];
    if (value === UNKNOWN) state[key] = [];
    else if (Array.isArray(value)) state[key] = value.map((element) => applied(nested.block, element, sample));
    else state[key] = value;
  }
  return state;
}

function settle(value, type, sample) {
  if (value === UNKNOWN) return sample();
  if (Array.isArray(value)) return value.map((item) => settle(item, type[1], () => zero(type[1])));
  if (typeof value !== "object" || value === null) return value;
  const of = (key) => (type[0] === "object" ? type[1][key] : type[1]);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, settle(item, of(key), () => zero(of(key)))]),
  );
}

function zero(type) {
  if (type === "string") return "made-up";
  if (type === "number") return 7;
  if (type === "bool") return false;
  return type[0] === "map" || type[0] === "object" ? {} : [];
}

/** Whether two values of an attribute's type are equal; sets have no order. */
export function same(type, left, right) {
  return JSON.stringify(canon(type, left)) === JSON.stringify(canon(type, right));
}

function canon(type, value) {
  if (value === null || value === UNKNOWN || value === undefined || typeof type === "string") return value;
  const [kind, of] = type;
  if (kind === "list") return value.map((item) => canon(of, item));
  if (kind === "set")
    return value
      .map((item) => canon(of, item))
      .map((item) => [JSON.stringify(item), item])
      .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, canon(kind === "map" ? of : of[key], value[key])]),
  );
}

function canonBlocks({ block, nesting_mode: mode }, value) {
  if (value === null || value === UNKNOWN || value === undefined) return value;
  if (mode === "single") return canonBlock(block, value);
  const items = value.map((element) => canonBlock(block, element));
  return mode === "set" ? items.map((item) => JSON.stringify(item)).sort() : items;
}

function canonBlock(block, value) {
  const attributes = Object.entries(block.attributes ?? {}).map(([key, { type }]) => [key, canon(type, value[key])]);
  return [
    ...attributes,
    ...Object.entries(block.block_types ?? {}).map(([key, nested]) => [key, canonBlocks(nested, value[key])]),
  ];
}

/**
 * The paths at which two states differ, down to single attributes: `name`, `health_check[].path`. An element of a set
 * that is new or gone differs in each attribute that it sets.
 */
export function differences(block, left, right, prefix = "") {
  const paths = new Set();
  for (const [key, { type }] of Object.entries(block.attributes ?? {}))
    if (!same(type, left?.[key] ?? null, right?.[key] ?? null)) paths.add(prefix + key);
  for (const [key, nested] of Object.entries(block.block_types ?? {})) {
    const [before, after] = [left?.[key] ?? null, right?.[key] ?? null];
    if (JSON.stringify(canonBlocks(nested, before)) === JSON.stringify(canonBlocks(nested, after))) continue;
    if (before === UNKNOWN || after === UNKNOWN) paths.add(`${prefix}${key}[]`);
    else for (const path of blockDifferences(nested, before, after, prefix + key)) paths.add(path);
  }
  return paths;
}

function blockDifferences({ block, nesting_mode: mode }, before, after, name) {
  if (mode === "single") return differences(block, before, after, `${name}.`);
  const [olds, news] = [before ?? [], after ?? []];
  const pairs =
    mode === "set"
      ? unpaired(block, olds, news)
      : Array.from({ length: Math.max(olds.length, news.length) }, (_, index) => [olds[index], news[index]]);
  return pairs.flatMap(([old, fresh]) => [...differences(block, old, fresh, `${name}[].`)]);
}

function unpaired(block, olds, news) {
  const key = (element) => JSON.stringify(canonBlock(block, element));
  const [left, right] = [new Set(olds.map(key)), new Set(news.map(key))];
  return [
    ...olds.filter((element) => !right.has(key(element))).map((element) => [element, undefined]),
    ...news.filter((element) => !left.has(key(element))).map((element) => [undefined, element]),
  ];
}

import { argumentsOf, minimal, newProbe, withArgument } from "./probe.mjs";
import { UNKNOWN } from "./plugin.mjs";
import { BASES } from "./bases.mjs";
import { context, exclusive } from "./context.mjs";
import { samples } from "./samples.mjs";
import { lines } from "./schema.mjs";

const LEGEND = {
  replace:
    "arguments whose change replaces the resource; [] stands for the elements of a block, a path that ends in it for the block as a whole",
  conditional: "arguments that replace in one direction only: another value (change), set where there was none, unset",
  defaults:
    "what is planned for a new object where the configuration says nothing; null where that is known of something computed",
  updates: "attributes that are unknown again after any update in place",
  updates_when:
    "attributes that are unknown again (or change) after an update of these arguments, or of all but those in 'except'; a block's name means all in it",
  removed:
    "what is planned once an argument is removed, where that is not the prior value (optional and computed), the default, or null",
  suppressed: "arguments whose change is not planned at all: the provider takes the two values as one",
  rewritten: "arguments that are planned with another value than configured: brought into a standard form",
  computed_blocks: "blocks that the provider fills in where the configuration has none",
  unknown: "arguments that could not be asked about, and why",
};

const METHOD =
  "The real provider was asked over the plugin protocol, argument by argument: a small configuration is planned and taken as applied, one argument is changed, set and unset, and the plan of that is read. Left out everywhere: timeouts, tags_all, empty collections, and zero values in the elements of sets.";

/** The facts as a file: one line a type. */
export function renderFacts(provider, facts) {
  const head = { provider, method: METHOD, legend: LEGEND };
  const rows = Object.entries(head).map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
  return `{\n${rows.join(",\n")},\n"types":${lines(facts)}\n}\n`;
}

/**
 * What the schema does not say about a resource type, asked of the real provider.
 *
 * @returns the facts, without those that are empty; the legend says what each one means
 */
export async function factsOf(plugin, type, block) {
  const probe = newProbe(plugin, type, block);
  const base = BASES[type];
  if (base === undefined) throw new Error(`no sample configuration of ${type} in scripts/generate/samples.mjs`);
  const defaults = await defaultsOf(probe, block, type, base);
  const rows = [];
  for (const argument of argumentsOf(block)) rows.push(await ask(probe, block, type, base, argument, defaults));
  return compact({
    replace: rows.filter((row) => always(row, "replace")).map(({ name }) => name),
    conditional: Object.fromEntries(rows.filter(isMixed).map((row) => [row.name, outcomes(row)])),
    defaults,
    ...sideEffects(rows),
    removed: Object.fromEntries(
      rows.filter(({ removed }) => removed !== undefined).map((row) => [row.name, row.removed]),
    ),
    suppressed: rows.filter(({ answers }) => answers.change?.outcome === "none").map(({ name }) => name),
    rewritten: rows.filter(({ rewritten }) => rewritten).map(({ name }) => name),
    computed_blocks: await computedBlocks(probe, block, type, base),
    unknown: Object.fromEntries(rows.filter((row) => isUnanswered(row, rows)).map((row) => [row.name, row.errors[0]])),
  });
}

/** The questions about one argument: another value, set where it was not, unset where it was. */
async function ask(probe, block, type, usual, { path, key, attribute, nested }, defaults) {
  const name = path.join("[].") + (nested ? "[]" : "");
  const base = context(type, path, usual);
  let [one, two] = attribute ? samples(type, key, attribute.type) : [[minimal(nested.block, type)], undefined];
  if (JSON.stringify(one) === JSON.stringify(defaults[name])) [one, two] = [two, one];
  const alone = exclusive(type, path, base);
  const [first, second] = [one, two].map((value) => withArgument(block, alone.others, path, value));
  const without = withArgument(block, alone.without, path, undefined);
  const errors = [];
  const answers = {};
  const question = async (direction, before, after) => {
    try {
      answers[direction] = {
        ...(await probe.change(before, after)),
        configured: new Set(Object.keys({ ...before, ...after })),
      };
    } catch (error) {
      if (error.fatal) throw error;
      errors.push(reason(error.message));
    }
  };
  if (attribute) await question("change", first, second);
  if (attribute?.required !== true) {
    await question("set", without, first);
    await question("unset", first, without);
  }
  const row = { name, path, attribute, errors, answers };
  if (attribute && answers.change) row.rewritten = isRewritten(at(answers.change.planned, path), two);
  if (attribute && answers.unset) row.removed = removal(row, attribute, answers.unset, defaults[name]);
  return row;
}

function reason(message) {
  return /request send failed|dial tcp/.test(message)
    ? "the provider asks the cloud when it plans this"
    : message.split("\n")[0];
}

function outcomes({ answers }) {
  return Object.fromEntries(Object.entries(answers).map(([direction, { outcome }]) => [direction, outcome]));
}

function telling({ answers }) {
  return Object.values(answers)
    .map(({ outcome }) => outcome)
    .filter((outcome) => outcome !== "none");
}

function always(row, outcome) {
  const told = telling(row);
  return told.length > 0 && told.every((other) => other === outcome);
}

function isMixed(row) {
  const told = telling(row);
  return told.includes("replace") && !always(row, "replace");
}

/** Whether nothing is known of an argument; a block that must stand is answered for by what is in it. */
function isUnanswered({ name, answers, errors, attribute }, rows) {
  if (errors.length === 0) return false;
  if (attribute) return answers.change === undefined;
  const inside = rows.filter((row) => row.attribute && row.name.startsWith(`${name}.`));
  return Object.keys(answers).length === 0 && !inside.some((row) => row.answers.change);
}

/** The value at a path in the first element of each block on the way; undefined where there is none. */
function at(state, path) {
  return path.reduce((value, key) => (Array.isArray(value) ? value[0]?.[key] : value?.[key]), state);
}

function isRewritten(planned, configured) {
  return planned !== undefined && planned !== UNKNOWN && typeof configured !== "object" && planned !== configured;
}

/** What an argument is planned to be once it is removed, where that is not its prior value, its default or null. */
function removal({ path }, attribute, { prior, planned }, fallback) {
  const after = at(planned, path);
  const expected = attribute.computed ? at(prior, path) : (fallback ?? null);
  if (after === undefined || JSON.stringify(after) === JSON.stringify(expected)) return undefined;
  // The provider's library plans empty collections and zero values where there is nothing.
  if (isEmptyCollection(after) || (!attribute.computed && isZero(after))) return undefined;
  return after === UNKNOWN ? "(unknown)" : after;
}

async function defaultsOf(probe, block, type, base) {
  const defaults = {};
  const collect = (inner, planned, given, prefix, inSet) => {
    for (const [key, attribute] of Object.entries(inner.attributes ?? {})) {
      const value = planned?.[key];
      if ((given[key] ?? null) !== null || key === "tags_all" || !attribute.optional) continue;
      if (value === null && attribute.computed) defaults[prefix + key] = null;
      if (!isNothing(value) && !(inSet && isZero(value))) defaults[prefix + key] = value;
    }
  };
  collect(block, await probe.create(base), base, "", false);
  for (const key of Object.keys(base)) {
    const rest = Object.fromEntries(Object.entries(base).filter(([other]) => other !== key));
    await attempt(probe, rest, (planned) => collect(block, { [key]: planned[key] }, rest, "", false));
  }
  for (const { path, nested, inSet } of argumentsOf(block)) {
    if (!nested) continue;
    const least = minimal(nested.block, type);
    await attempt(probe, withArgument(block, context(type, path, base), path, [least]), (planned) =>
      collect(
        nested.block,
        at(planned, path)?.[0],
        least,
        `${path.join("[].")}[].`,
        inSet || nested.nesting_mode === "set",
      ),
    );
  }
  return defaults;
}

function isNothing(value) {
  return value === undefined || value === null || value === UNKNOWN || isEmptyCollection(value);
}

function isEmptyCollection(value) {
  return typeof value === "object" && value !== null && value !== UNKNOWN && Object.keys(value).length === 0;
}

function isZero(value) {
  return value === "" || value === 0 || value === false;
}

/** The blocks that are unknown where they are not configured; those of the base configuration are left out in turn. */
async function computedBlocks(probe, block, type, base) {
  const names = Object.keys(block.block_types ?? {});
  const found = new Set();
  const look = (planned) => names.filter((name) => planned[name] === UNKNOWN).forEach((name) => found.add(name));
  look(await probe.create(base));
  for (const name of names.filter((key) => base[key] !== undefined)) {
    const without = Object.fromEntries(
      Object.entries(exclusive(type, [name], base).without).filter(([key]) => key !== name),
    );
    await attempt(probe, without, look);
  }
  return [...found];
}

/** Plans a creation; a configuration that cannot stand tells nothing. */
async function attempt(probe, given, read) {
  try {
    read(await probe.create(given));
  } catch (error) {
    if (error.fatal) throw error;
  }
}

/** What else changes when an argument is updated in place: with any of them (`updates`), or with some. */
function sideEffects(rows) {
  const asked = new Set();
  const causes = new Map();
  for (const { name, answers } of rows)
    for (const { outcome, changed, configured } of Object.values(answers)) {
      if (outcome !== "update") continue;
      asked.add(name);
      const others = [...changed].filter((other) => other !== "tags_all" && !configured.has(other.split(/[[.]/)[0]));
      for (const other of others) causes.set(other, (causes.get(other) ?? new Set()).add(name));
    }
  const entries = [...causes].sort(([a], [b]) => (a < b ? -1 : 1));
  const partly = entries.filter(([, names]) => names.size < asked.size);
  return {
    updates: entries.filter(([, names]) => names.size === asked.size).map(([other]) => other),
    updates_when: Object.fromEntries(partly.map(([other, names]) => [other, causesOf(names, asked)])),
  };
}

/** Causes as arguments: a block's name alone where all in it has the effect, and the exceptions where they are fewer. */
function causesOf(names, asked) {
  const inside = (top) => [...asked].filter((name) => name.split("[")[0] === top);
  const brief = (some) => {
    const whole = (name) => inside(name.split("[")[0]).every((other) => some.has(other));
    return [...new Set([...some].map((name) => (whole(name) ? name.split("[")[0] : name)))].sort();
  };
  const without = new Set([...asked].filter((name) => !names.has(name)));
  return brief(without).length < brief(names).length ? { except: brief(without) } : brief(names);
}

function compact(facts) {
  return Object.fromEntries(
    Object.entries(facts)
      .filter(([, value]) => (Array.isArray(value) ? value.length : Object.keys(value).length) > 0)
      .map(([key, value]) => [key, Array.isArray(value) ? value.sort() : value]),
  );
}

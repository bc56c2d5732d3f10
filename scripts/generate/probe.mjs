import { computedSample, samples } from "./samples.mjs";
import { applied, complete, differences, nullBlock, propose } from "./value.mjs";

/**
 * Asks the real provider about one resource type. Each question is a plan: a configuration is planned and taken as
 * applied, then one argument is changed, set or unset, and the plan of that says what the provider makes of it.
 */
export function newProbe(plugin, type, block) {
  const sample = (key, attribute) => computedSample(type, key, attribute.type);
  const create = async (given) => {
    const config = complete(block, given);
    const { planned } = await plugin.plan(type, null, propose(block, null, config), config);
    return planned;
  };
  return {
    create,
    /** What becomes of a resource made from `before` when its configuration is `after`. */
    async change(before, after) {
      const prior = applied(block, await create(before), sample);
      const config = complete(block, after);
      const { planned, replace } = await plugin.plan(type, prior, propose(block, prior, config), config);
      const changed = differences(block, prior, planned);
      const names = replace.map(({ steps }) => pathOf(steps));
      const forces = names.filter((name) =>
        [...changed].some((path) => path === name || path.startsWith(`${name}[]`) || path.startsWith(`${name}.`)),
      );
      return {
        outcome: forces.length > 0 ? "replace" : changed.size > 0 ? "update" : "none",
        changed,
        forces,
        prior,
        planned,
      };
    },
  };
}

function pathOf(steps) {
  return steps
    .map((step, index) => (step.attribute === undefined ? "[]" : (index > 0 ? "." : "") + step.attribute))
    .join("");
}

/** All arguments of a block as paths, those of nested blocks included; blocks themselves end in `[]`. */
export function* argumentsOf(block, prefix = [], inSet = false) {
  for (const [key, attribute] of Object.entries(block.attributes ?? {})) {
    if (prefix.length === 0 && attribute.computed && (key === "id" || key === "tags_all")) continue;
    if (attribute.required || attribute.optional) yield { path: [...prefix, key], key, attribute, inSet };
  }
  for (const [key, nested] of Object.entries(block.block_types ?? {})) {
    if (key === "timeouts") continue;
    yield { path: [...prefix, key], key, nested, inSet };
    yield* argumentsOf(nested.block, [...prefix, key], inSet || nested.nesting_mode === "set");
  }
}

/** A configuration with one argument set; the blocks around it are made, with what they require. `undefined` unsets. */
export function withArgument(block, given, [key, ...rest], value) {
  if (rest.length === 0) return { ...given, [key]: value === undefined ? nullBlock(block)[key] : value };
  const inner = block.block_types[key].block;
  const [first = minimal(inner), ...others] = given[key] ?? [];
  return { ...given, [key]: [withArgument(inner, first, rest, value), ...others] };
}

/** The least that a block can be: what it requires. */
export function minimal(block, owner) {
  const own = Object.entries(block.attributes ?? {}).filter(([, attribute]) => attribute.required);
  const inner = Object.entries(block.block_types ?? {}).filter(([, nested]) => (nested.min_items ?? 0) > 0);
  return Object.fromEntries([
    ...own.map(([key, attribute]) => [key, samples(owner, key, attribute.type)[0]]),
    ...inner.map(([key, nested]) => [key, [minimal(nested.block, owner)]]),
  ]);
}

import { isDeepStrictEqual } from "node:util";
import { UNKNOWN_FACT, type Block } from "../../sandbox/schema.js";
import type { Tables } from "../../sandbox/tables.js";
import { isBlank, saidAt, segmentsOf } from "./config-lookup.js";

/** What is known of AWS's resource types. */
export type TypeTables = Pick<Tables, "resources" | "facts">;

/**
 * Whether a deploy takes back what is at a path that the program says nothing of: an argument that has a default, or is
 * nothing where it is not written, and that AWS never fills in. Of types that the tables do not know, that is not known.
 * @param resource a resource as the program writes it, in Terraform JSON
 * @param path as in `access_logs[0].enabled`
 * @param value what is there
 */
export function isUndone(
  { resources, facts: factsOf }: TypeTables,
  type: string,
  resource: unknown,
  path: string,
  value: unknown,
): boolean {
  const block = resources[type]?.block;
  const segments = segmentsOf(path);
  const unsaid = segments.findIndex((_, place) => saidAt(resource, segments.slice(0, place + 1)).length === 0);
  if (block === undefined || unsaid < 0) return false;
  const found = lookUp(block, segments.slice(0, unsaid + 1));
  if (found === undefined) return false;
  const { argument, at } = found;
  const facts = factsOf[type] ?? {};
  if (argument === "block") return !(facts.computed_blocks?.includes(at) ?? false) && !isBlank(value);
  if (argument === "filled" || facts.suppressed?.includes(at)) return false;
  const removed = facts.removed?.[at];
  if (removed === UNKNOWN_FACT || (removed !== undefined && isDeepStrictEqual(removed, value))) return false;
  const preset = facts.defaults?.[at];
  return preset === undefined ? !isBlank(value) : !isDeepStrictEqual(preset, value);
}

interface Found {
  /** Whether it is a block, or an attribute; and whether AWS fills that in. */
  readonly argument: "block" | "filled" | "plain";
  /** In the notation of the facts: `default_action[].forward[]`. */
  readonly at: string;
}

/** The attribute or the block that segments of a path end in, or end inside of. */
function lookUp(root: Block, segments: readonly (string | number)[]): Found | undefined {
  let [block, at] = [root, ""];
  for (let place = 0; place < segments.length; place++) {
    const name = String(segments[place]);
    at += at === "" ? name : `.${name}`;
    const attribute = block.attributes?.[name];
    if (attribute !== undefined) return { argument: attribute.computed === true ? "filled" : "plain", at };
    const nested = block.block_types?.[name];
    if (nested === undefined) return undefined;
    // The element of a block that is written several times: its place, or what it is named after.
    if (nested.nesting_mode !== "single") place++;
    if (place >= segments.length - 1) return { argument: "block", at };
    block = nested.block;
    if (nested.nesting_mode !== "single") at += "[]";
  }
  return undefined;
}

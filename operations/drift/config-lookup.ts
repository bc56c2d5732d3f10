import { IDENTITIES } from "../../terraform/list-keys.js";
import { isRecord } from "../../lib/records.js";

/** A value of the program. What it says as a whole, and has nothing of at a path, is undefined there. */
interface Said {
  readonly value: unknown;
  /** Whether it is one of a list: a nested block, of which the provider fills in what is not written. */
  readonly block: boolean;
}

const NOTHING: Said = { value: undefined, block: false };

/**
 * What the program says at the path of an attribute: none where it says nothing of it, several where a block is written
 * several times, since the state has the blocks of a set in an order of its own.
 * @param resource a resource as the program writes it, in Terraform JSON
 * @param path as in `instance_refresh[0].triggers`
 */
export const declaredAt = (resource: unknown, path: string): unknown[] => saidAt(resource, segmentsOf(path));

/** The same, of the names and places of a path. */
export function saidAt(resource: unknown, [top, ...rest]: readonly (string | number)[]): unknown[] {
  if (!isRecord(resource) || typeof top !== "string") return [];
  const written = resource[top] ?? inDynamic(resource, top);
  const start: Said[] = written === undefined ? [] : [{ value: written, block: false }];
  return rest
    .reduce((found, segment) => found.flatMap((said) => stepInto(said, segment)), start)
    .map(({ value }) => value);
}

/** `dynamic` says once what all blocks of a name are like. */
function inDynamic(resource: Readonly<Record<string, unknown>>, name: string): unknown {
  const dynamic = isRecord(resource["dynamic"]) ? resource["dynamic"][name] : undefined;
  return isRecord(dynamic) ? dynamic["content"] : undefined;
}

function stepInto({ value, block }: Said, segment: string | number): Said[] {
  const asBlocks = (values: readonly unknown[]): Said[] =>
    values.length === 0 ? [NOTHING] : values.map((one) => ({ value: one, block: true }));
  if (Array.isArray(value)) {
    if (typeof segment === "number") return asBlocks(value);
    return asBlocks(value.filter((one) => isRecord(one) && IDENTITIES.some(({ name }) => one[name] === segment)));
  }
  // An expression is not looked into.
  if (!isRecord(value)) return [NOTHING];
  // A block that is written once needs no list around it.
  if (typeof segment === "number") return [{ value, block: true }];
  const inside = value[segment] ?? undefined;
  if (inside !== undefined) return [{ value: inside, block: false }];
  // A map is set as a whole: a deploy takes away what somebody added.
  return block ? [] : [NOTHING];
}

/** The names and places of a path, as `formatPath` writes it. */
export function segmentsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g)].map(([all, place, quoted]) => {
    if (place !== undefined) return Number(place);
    return quoted === undefined ? all : String(JSON.parse(quoted));
  });
}

/** Whether a value says nothing: providers write null when they make a resource, and the empty value when they read it. */
export function isBlank(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === undefined || value === null || value === "" || value === 0 || value === false;
}

import { isList, isObject, isUnknown, type ObjectValue, type Value } from "./value.js";

/** A type in Terraform's JSON notation: `"string"`, `["list", "string"]`, `["object", { … }]`. */
export type Type =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", Type]
  | readonly ["object", { readonly [name: string]: Type }];

export interface Attribute {
  readonly type: Type;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
  readonly description?: string;
}

export interface NestedBlock {
  readonly nesting_mode: "single" | "list" | "set";
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

export interface Block {
  readonly attributes?: { readonly [name: string]: Attribute };
  readonly block_types?: { readonly [name: string]: NestedBlock };
  readonly deprecated?: boolean;
}

export interface Schema {
  readonly version: number;
  readonly block: Block;
}

/** What becomes of an object whose argument changes. */
export type Outcome = "replace" | "update" | "none";

/**
 * What the schema does not say of a resource type, as the real provider answered it (providers/aws/facts.json). Paths have
 * `[]` for the elements of a list or set: `ebs_block_device[].ebs[].volume_size`.
 */
export interface Facts {
  /** Arguments whose change replaces the object; a path that ends in `[]` stands for the block as a whole. */
  readonly replace?: readonly string[];
  /** Arguments that replace only where they get another value (`change`), a first one (`set`) or none (`unset`). */
  readonly conditional?: { readonly [path: string]: { readonly [direction in "change" | "set" | "unset"]?: Outcome } };
  /** What an argument is planned as where it is not set. */
  readonly defaults?: { readonly [path: string]: Value };
  /** Attributes that are unknown again after any update. */
  readonly updates?: readonly string[];
  /** Attributes that are unknown again after an update of some arguments, or of all but some. */
  readonly updates_when?: { readonly [path: string]: readonly string[] | { readonly except: readonly string[] } };
  /** What an argument is planned as once it is removed, where that is not what one expects. */
  readonly removed?: { readonly [path: string]: Value };
  /** Arguments whose change is none to the provider. */
  readonly suppressed?: readonly string[];
  /** Blocks that the cloud fills in where the configuration has none. */
  readonly computed_blocks?: readonly string[];
}

/** How `removed` writes an unknown value. */
export const UNKNOWN_FACT = "(unknown)";

/** The parts of the real provider's schema that the sandbox serves. */
export interface ProviderSchema {
  readonly provider: { readonly source: string; readonly version: string; readonly block: Block };
  readonly resources: { readonly [type: string]: Schema };
  readonly data: { readonly [type: string]: Schema };
}

/** A step of a path into a value: an attribute's name, or the index of a list's element. */
export type Path = readonly (string | number)[];

export const attributesOf = listedOnce(({ attributes }) => attributes);

export const blocksOf = listedOnce(({ block_types }) => block_types);

/** Entries of a part of a block, listed once: schemas do not change, and each object is held against its own many times. */
function listedOnce<T>(part: (block: Block) => Readonly<Record<string, T>> | undefined) {
  const known = new WeakMap<Block, readonly [string, T][]>();
  return (block: Block): readonly [string, T][] => {
    let entries = known.get(block);
    if (entries === undefined) known.set(block, (entries = Object.entries(part(block) ?? {})));
    return entries;
  };
}

/** A value that does not fit its schema; `path` says where. */
export class Misfit extends Error {
  constructor(
    readonly path: Path,
    problem: string,
  ) {
    super(`${path.join(".")}: ${problem}`);
  }
}

/**
 * Brings a value into the shape that a block's schema asks for: every attribute is there (null where it was not),
 * unknown names are dropped, numbers that came as text are numbers.
 * @throws Misfit where a value is of another type
 */
export function conform(block: Block, value: ObjectValue, path: Path = []): ObjectValue {
  const shaped: Record<string, Value> = {};
  // Most are not set: no path is made for these.
  for (const [name, { type }] of attributesOf(block)) {
    const given = value[name] ?? null;
    shaped[name] = given === null ? null : conformType(type, given, [...path, name]);
  }
  for (const [name, nested] of blocksOf(block)) {
    const given = value[name] ?? null;
    shaped[name] = given === null ? emptyOf(nested) : conformBlock(nested, given, [...path, name]);
  }
  return shaped;
}

const emptyOf = ({ nesting_mode }: NestedBlock): Value => (nesting_mode === "single" ? null : []);

function conformBlock(nested: NestedBlock, value: Value, path: Path): Value {
  if (isUnknown(value)) return value;
  const element = (item: Value, at: Path): Value => {
    if (isUnknown(item)) return item;
    if (!isObject(item)) throw new Misfit(at, `expected a block, found ${describe(item)}`);
    return conform(nested.block, item, at);
  };
  if (value === null) return emptyOf(nested);
  if (nested.nesting_mode === "single") return element(value, path);
  if (!isList(value)) throw new Misfit(path, `expected a list of blocks, found ${describe(value)}`);
  return value.map((item, index) => element(item, [...path, index]));
}

function conformType(type: Type, value: Value, path: Path): Value {
  if (value === null || isUnknown(value)) return value;
  if (typeof type === "string") return conformPrimitive(type, value, path);
  if (type[0] === "object") {
    if (!isObject(value)) throw misfit(type, value, path);
    const members = Object.entries(type[1]).map(([name, member]): [string, Value] => [
      name,
      conformType(member, value[name] ?? null, [...path, name]),
    ]);
    return Object.fromEntries(members);
  }
  const inner = type[1];
  if (type[0] === "map") {
    if (!isObject(value)) throw misfit(type, value, path);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, conformType(inner, item, [...path, key])]),
    );
  }
  if (!isList(value)) throw misfit(type, value, path);
  return value.map((item, index) => conformType(inner, item, [...path, index]));
}

function conformPrimitive(type: "string" | "number" | "bool", value: Value, path: Path): Value {
  if (type === "string" && typeof value === "string") return value;
  if (type === "bool" && typeof value === "boolean") return value;
  // Numbers that a double does not hold exactly travel as decimal text.
  if (type === "number" && typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  if (type === "number" && typeof value === "number") return value;
  throw misfit(type, value, path);
}

const misfit = (type: Type, value: Value, path: Path): Misfit =>
  new Misfit(path, `expected ${typeof type === "string" ? type : type[0]}, found ${describe(value)}`);

function describe(value: Value): string {
  if (isList(value)) return "a list";
  if (isObject(value)) return "an object";
  return JSON.stringify(value);
}

import { isList, isObject, type ObjectValue, type Value } from "../value.js";
import { asValue } from "../protocol/values.js";
import { instancesOf, type Instance, type Repeated } from "./count-for-each.js";

/** A resource or data source as the program wrote it, expressions and all. */
export interface Declared {
  /** `aws_vpc.cluster`, `data.aws_ami.photon`. */
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly config: ObjectValue;
  /** Addresses of `depends_on`. */
  readonly after: readonly string[];
  readonly createFirst: boolean;
  /** Whether the engine refuses to destroy it. */
  readonly guarded: boolean;
  /** What it is replaced with, where that changes: `aws_vpc.cluster`, or an attribute of it. */
  readonly triggers: readonly string[];
  /** Arguments whose changes are left alone. */
  readonly ignored: readonly string[] | "all";
  /** The provider block that it belongs to, as in `aws` or `aws.other`. */
  readonly provider: string;
  /** Which of several it is; undefined for one alone. */
  readonly instance?: Instance;
  /** Whether how many there are is known: `count` and `for_each` that hang on something else are not played through. */
  readonly single: boolean;
}

/** Terraform JSON, read. */
export interface Document {
  readonly declared: ReadonlyMap<string, Declared>;
  readonly locals: ObjectValue;
  readonly variables: ObjectValue;
  /** Names of variables whose values are never shown. */
  readonly secret: ReadonlySet<string>;
  readonly outputs: ObjectValue;
  readonly providers: readonly { readonly key: string; readonly config: ObjectValue }[];
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Addresses of what exists already, and is only taken into the state: what is known of it is the program's part alone. */
  readonly imports: ReadonlySet<string>;
  /** What is no longer in the program, and whether it is destroyed or only forgotten. */
  readonly removed: readonly { readonly from: string; readonly destroy: boolean }[];
  /** Addresses of those that there are several of, as `aws_eip.nat`, and the addresses of each by key. */
  readonly repeated: ReadonlyMap<string, Repeated>;
  /** Blocks as they are written, modules too, by address: what there are several of once. */
  readonly blocks: ReadonlyMap<string, Value>;
  readonly modules: readonly string[];
}

const META = ["//", "depends_on", "lifecycle", "provider", "count", "for_each", "connection", "provisioner"];

/** Reads Terraform JSON; undefined stands for a cluster that is not there. */
export function readDocument(json: unknown): Document {
  const root = record(asValue(json));
  const declared = new Map<string, Declared>();
  const repeated = new Map<string, Repeated>();
  const modules = entries(root["module"]).map(([name, block]): [string, Value] => [`module.${name}`, block]);
  const blocks = new Map<string, Value>(modules);
  for (const [mode, kind] of [
    ["managed", "resource"],
    ["data", "data"],
  ] as const)
    for (const [type, named] of entries(root[kind]))
      for (const [name, block] of entries(named)) {
        const written = record(isList(block) ? block[0] : block);
        const one = readDeclared(mode, type, name, written);
        blocks.set(one.address, written);
        const instances = one.single ? undefined : instancesOf(written);
        if (instances === undefined) {
          declared.set(one.address, one);
          continue;
        }
        const all = instances.map((instance) => ({
          ...one,
          address: `${one.address}[${JSON.stringify(instance.key)}]`,
          instance,
          single: true,
        }));
        for (const each of all) declared.set(each.address, each);
        repeated.set(one.address, {
          list: written["count"] !== undefined,
          addresses: new Map(all.map(({ instance, address }) => [instance.key, address])),
        });
      }
  return {
    declared,
    locals: record(root["locals"]),
    variables: Object.fromEntries(
      entries(root["variable"]).map(([name, block]) => [name, record(block)["default"] ?? null]),
    ),
    secret: new Set(
      entries(root["variable"])
        .filter(([, block]) => record(block)["sensitive"] === true)
        .map(([name]) => name),
    ),
    outputs: Object.fromEntries(entries(root["output"]).map(([name, block]) => [name, record(block)["value"] ?? null])),
    providers: entries(root["provider"]).flatMap(([name, blocks]) =>
      (isList(blocks) ? blocks : [blocks]).map((block) => {
        const { alias, ...config } = record(block);
        return { key: typeof alias === "string" ? `${name}.${alias}` : name, config };
      }),
    ),
    moved: blocksIn(root["moved"]).flatMap(({ from, to }) =>
      typeof from === "string" && typeof to === "string" ? [{ from, to }] : [],
    ),
    imports: new Set(
      blocksIn(root["import"]).flatMap(({ to }) => (typeof to === "string" ? [to.replace(/^\$\{(.*)\}$/s, "$1")] : [])),
    ),
    removed: blocksIn(root["removed"]).flatMap(({ from, lifecycle }) =>
      typeof from === "string" ? [{ from, destroy: blocksIn(lifecycle)[0]?.["destroy"] !== false }] : [],
    ),
    repeated,
    blocks,
    modules: modules.map(([address]) => address),
  };
}

function readDeclared(mode: Declared["mode"], type: string, name: string, block: ObjectValue): Declared {
  const [lifecycle = {}] = blocksIn(block["lifecycle"]);
  const ignored = lifecycle["ignore_changes"];
  const provider = block["provider"];
  return {
    address: `${mode === "data" ? "data." : ""}${type}.${name}`,
    mode,
    type,
    name,
    config: Object.fromEntries(Object.entries(block).filter(([key]) => !META.includes(key))),
    after: texts(block["depends_on"]),
    createFirst: lifecycle["create_before_destroy"] === true,
    guarded: lifecycle["prevent_destroy"] === true,
    triggers: texts(lifecycle["replace_triggered_by"]),
    ignored: ignored === "all" ? "all" : texts(ignored),
    provider: typeof provider === "string" ? provider : (type.split("_")[0] ?? type),
    single: block["count"] === undefined && block["for_each"] === undefined,
  };
}

const record = (value: Value | undefined): ObjectValue => (isObject(value) ? value : {});
const entries = (value: Value | undefined): [string, Value][] => Object.entries(record(value));
/** Blocks of a kind: JSON has one alone, or a list of them. */
const blocksIn = (value: Value | undefined): ObjectValue[] =>
  isList(value) ? value.map(record) : isObject(value) ? [value] : [];
const texts = (value: Value | undefined): string[] =>
  isList(value) ? value.filter((item): item is string => typeof item === "string") : [];

import {
  DefaultTokenResolver,
  StringConcat,
  TerraformBackend,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  Tokenization,
  type TerraformStack,
} from "cdktf";
import { deepMerge } from "cdktf/lib/util.js";
import type { IConstruct } from "constructs";
import { LightfleetError } from "../errors/error.js";
import { sortedRecord } from "../model/order.js";
import { isLiteral } from "./literal-text.js";
import { isRecord } from "../lib/records.js";

/** What the id of the construct begins with that a platform puts all its resources below. */
export const PLATFORM_SCOPE = "~";

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * A stack as Terraform's JSON. cdktf's own `toTerraform` resolves every element three times and writes where each was
 * declared, which differs between machines and versions; this resolves once and leaves that out. Under `//`, which engines do not
 * read, `own` has the addresses of the program's own resources, where there are any: also of those that an override adds.
 * @param overrides what `addOverride` was called with on the stack
 * @throws LF041 where the program mixes two copies of cdktf
 */
export function renderStack(stack: TerraformStack, overrides: Record<string, unknown>): Record<string, unknown> {
  const outputs = {};
  const document: Record<string, unknown> = {
    "//": { metadata: { backend: "local", stackName: stack.node.id }, outputs },
  };
  const addresses = new Set<string>();
  const ours = new Set<string>();
  for (const element of elementsOf(stack)) {
    const fragment = resolved(stack, element.toTerraform(), false);
    if (!isRecord(fragment)) continue;
    admitBlocks(addresses, element, fragment);
    deepMerge(document, fragment);
    if (TerraformResource.isTerraformResource(element) && isOurs(element))
      ours.add(`${element.terraformResourceType}.${element.friendlyUniqueId}`);
    if (TerraformOutput.isTerraformOutput(element))
      setPath(outputs, element.node.path.split("/"), element.friendlyUniqueId);
    if (TerraformBackend.isBackend(element)) deepMerge(document, { "//": { metadata: element.toMetadata() } });
  }
  if (Object.keys(overrides).length > 0) deepMerge(document, resolved(stack, overrides, false));
  const resources = entriesOf(document["resource"]).flatMap(named);
  const own = resources.flatMap(([address, block]) => (isRecord(block) && !ours.has(address) ? [address] : []));
  if (own.length > 0) deepMerge(document, { "//": { own: own.sort() } });
  return inOrder(document);
}

/** Whether a platform made it: below a construct whose id no user can give to one of ours. */
const isOurs = ({ node: { path } }: IConstruct): boolean => path.includes(`/${PLATFORM_SCOPE}`);

/** Blocks in the order of their types and names, whatever order they were declared in. */
function inOrder(document: Record<string, unknown>): Record<string, unknown> {
  const blocks = (kind: string, value: unknown): unknown => {
    if (!isRecord(value)) return value;
    const typed = kind === "resource" || kind === "data";
    return sortedRecord(typed ? mapRecord(value, (names) => (isRecord(names) ? sortedRecord(names) : names)) : value);
  };
  const sorted = Object.entries(sortedRecord(document)).map(([kind, value]) => [kind, blocks(kind, value)] as const);
  return Object.fromEntries(sorted);
}

const mapRecord = (record: Record<string, unknown>, change: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));

/** Finds what the stack uses of others: cdktf then adds outputs there, and reads them here. */
export function prepareReferences(stack: TerraformStack): void {
  for (const element of elementsOf(stack)) resolved(stack, element.toTerraform(), true);
}

/** What cdktf makes of a fragment; one without tokens is that already. */
function resolved(scope: TerraformStack, fragment: unknown, preparing: boolean): unknown {
  return isLiteral(fragment) ? fragment : Tokenization.resolve(fragment, { scope, resolver, preparing });
}

/** The stack's elements, without those of stacks within it. */
function elementsOf(construct: IConstruct): TerraformElement[] {
  const own = TerraformElement.isTerraformElement(construct) ? [checked(construct)] : [];
  const below = construct.node.children.filter((child) => !("prepareStack" in child));
  return [...own, ...below.flatMap(elementsOf)];
}

/** Sets what lies at a path, and makes the objects on the way there. */
export function setPath(record: Record<string, unknown>, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) record[key] = value;
  else setPath((record[key] = isRecord(record[key]) ? record[key] : {}), rest, value);
}

function checked(element: TerraformElement): TerraformElement {
  const { path } = element.node;
  if (element instanceof TerraformElement) return element;
  throw new LightfleetError(`'${path}' was made by another copy of cdktf than Lightfleet's`, {
    code: "LF041",
    kind: "config",
    hint: "keep one version of cdktf in the project: see 'npm ls cdktf'",
  });
}

const PREFIXES = {
  resource: "",
  data: "data.",
  output: "output.",
  locals: "local.",
  variable: "var.",
  module: "module.",
};

/** Drops the `//` that cdktf puts beside arguments, and refuses a second block at one address, which merging would hide. */
function admitBlocks(addresses: Set<string>, element: TerraformElement, fragment: Record<string, unknown>): void {
  for (const [kind, prefix] of Object.entries(PREFIXES)) {
    const typed = kind === "resource" || kind === "data";
    for (const [path, block] of typed ? entriesOf(fragment[kind]).flatMap(named) : entriesOf(fragment[kind])) {
      const address = prefix + path;
      if (addresses.has(address)) throw takenAddress(element, address);
      addresses.add(address);
      if (typed && isRecord(block)) delete block["//"];
    }
  }
}

const entriesOf = (value: unknown): [string, unknown][] => (isRecord(value) ? Object.entries(value) : []);

const named = ([type, blocks]: [string, unknown]): [string, unknown][] =>
  entriesOf(blocks).map(([name, block]) => [`${type}.${name}`, block]);

function takenAddress(element: TerraformElement, address: string): LightfleetError {
  return new LightfleetError(`'${element.node.path}' has the Terraform address '${address}', which is taken`, {
    code: "LF042",
    kind: "config",
    hint: "give one of the two another id, or another name by overrideLogicalId",
  });
}

/**
 * The typed bindings: per type one interface for its arguments, one for each nested block, one union of what can be
 * referenced, and one small class. Names are Terraform's own.
 */
export function renderBindings({ provider, resources, data }) {
  const taken = new Set([
    ...Object.keys(resources).map((type) => className(type, "resource")),
    ...Object.keys(data).map((type) => className(type, "data")),
  ]);
  /** aws_s3_bucket's block `versioning` would be called what the resource aws_s3_bucket_versioning is called. */
  const unique = (name) => {
    const free = taken.has(name) ? unique(`${name}Block`) : name;
    taken.add(free);
    return free;
  };
  const parts = [
    `// Generated from schema.json (hashicorp/aws ${provider.version}) by \`npm run generate\`: not edited by hand.`,
    `import type { Construct } from "constructs";`,
    `import type { Bool, List, NumberList, Numeric, StringMap } from "./reference.js";`,
    `import { AwsData, AwsResource, type MetaArguments } from "./resource.js";`,
    "",
    ...config("AwsProviderArguments", provider.block, "", unique),
  ];
  for (const [type, { block }] of Object.entries(resources))
    parts.push("", ...binding(type, block, "resource", unique));
  for (const [type, { block }] of Object.entries(data)) parts.push("", ...binding(type, block, "data", unique));
  return `${parts.join("\n")}\n`;
}

function binding(type, block, mode, unique) {
  const name = className(type, mode);
  const base = mode === "data" ? "AwsData" : "AwsResource";
  const attributes = Object.keys(block.attributes).concat(
    Object.keys(block.block_types ?? {}).filter((key) => key !== "timeouts"),
  );
  return [
    ...config(`${name}Config`, block, " extends MetaArguments", unique),
    "",
    `export type ${name}Attribute =`,
    ...wrap(attributes.sort().map((attribute) => `| "${attribute}"`)),
    "",
    `/** Terraform's \`${mode === "data" ? "data." : ""}${type}\`. */`,
    `export class ${name} extends ${base}<${name}Config, ${name}Attribute> {`,
    `  constructor(scope: Construct, id: string, name: string, config: ${name}Config) {`,
    `    super(scope, id, name, "${type}", config);`,
    `  }`,
    `}`,
  ];
}

/** One interface for the arguments of a block, preceded by those of the blocks in it. */
function config(name, block, heritage, unique) {
  const before = [];
  const fields = [];
  for (const [key, attribute] of Object.entries(block.attributes ?? {})) {
    if (!isArgument(key, attribute, heritage !== "")) continue;
    fields.push([key, attribute.required === true, attributeType(attribute.type), attribute.deprecated]);
  }
  for (const [key, nested] of Object.entries(block.block_types ?? {})) {
    if (isReadOnly(nested.block)) continue;
    const inner = unique(name.replace(/(Config|Arguments)$/, "") + pascal(key));
    const lines = config(inner, nested.block, "", unique);
    before.push(...lines, "");
    const one = nested.nesting_mode === "single" || nested.max_items === 1;
    fields.push([key, (nested.min_items ?? 0) > 0, one ? inner : `readonly ${inner}[]`, nested.block.deprecated]);
  }
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  const body = fields.flatMap(([key, required, type, deprecated]) => [
    ...(deprecated ? ["  /** @deprecated by the provider */"] : []),
    `  readonly ${key}${required ? "" : "?"}: ${type}${required ? "" : " | undefined"};`,
  ]);
  if (body.length === 0) return [...before, `export type ${name} = Readonly<Record<string, never>>;`];
  return [...before, `export interface ${name}${heritage} {`, ...body, "}"];
}

/** `id` and `tags_all` can be set by the schema only because of how the provider's library declares them. */
function isArgument(key, attribute, top) {
  if (top && attribute.computed && (key === "id" || key === "tags_all")) return false;
  return attribute.required === true || attribute.optional === true;
}

/** Whether a block only reports: it has something in it, and nothing that can be set. */
function isReadOnly({ attributes = {}, block_types = {} }) {
  const settable = Object.entries(attributes).some(([key, attribute]) => isArgument(key, attribute, false));
  const inner = Object.values(block_types);
  if (settable || inner.some((nested) => !isReadOnly(nested.block))) return false;
  return Object.keys(attributes).length + inner.length > 0;
}

function attributeType(type) {
  if (type === "string") return "string";
  if (type === "number") return "Numeric";
  if (type === "bool") return "Bool";
  const [kind, of] = type;
  if (kind === "map" && of === "string") return "StringMap";
  if ((kind === "list" || kind === "set") && of === "string") return "List";
  if ((kind === "list" || kind === "set") && of === "number") return "NumberList";
  if (kind === "list" || kind === "set") return `readonly ${attributeType(of)}[]`;
  if (kind === "object") {
    // Terraform wants every attribute of an object written out, null where there is none.
    const fields = Object.keys(of)
      .sort()
      .map((key) => `readonly ${key}: ${attributeType(of[key])} | null`);
    return `{ ${fields.join("; ")} }`;
  }
  throw new Error(`no TypeScript type for ${JSON.stringify(type)}`);
}

/** Words in lines of up to 118 characters, indented by two. */
function wrap(words) {
  const rows = [];
  for (const word of words) {
    const last = rows.at(-1);
    if (last !== undefined && last.length + word.length < 117) rows[rows.length - 1] = `${last} ${word}`;
    else rows.push(`  ${word}`);
  }
  rows[rows.length - 1] += ";";
  return rows;
}

function className(type, mode) {
  return (mode === "data" ? "Data" : "") + pascal(type.replace(/^aws_/, ""));
}

function pascal(name) {
  return name.replace(/(^|_)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());
}

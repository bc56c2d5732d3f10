/**
 * Translates Terraform JSON into the program that somebody would have written for it with cdktf and the provider's own
 * classes: deep imports, plain JavaScript, references as properties (`vpc.id`). So the peer makes the same resources.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("./package.json", import.meta.url));
const schema = JSON.parse(readFileSync(new URL("../providers/aws/schema.json", import.meta.url), "utf8"));

const camel = (name) => name.replace(/_+([a-z0-9])/g, (_, letter) => letter.toUpperCase());

/** The program's text, as CommonJS. `document` is a parsed `cdk.tf.json`; `stack` the stack's name. */
export function translate(document, stack) {
  const resources = inOrder(listResources(document));
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const code = (value, block) => toCode(value, block, byAddress);
  const imports = new Map(
    [...resources.map(({ binding }) => binding), bindingOf("aws_provider", "provider", "AwsProvider")].map(
      ({ path, exported }) => [path, exported],
    ),
  );
  const [provider] = [document.provider?.aws ?? {}].flat();
  return [
    `"use strict";`,
    `const { App, LocalBackend, TerraformOutput, TerraformStack } = require("cdktf");`,
    ...[...imports].map(([path, exported]) => `const { ${exported} } = require(${JSON.stringify(path)});`),
    ``,
    `const app = new App();`,
    `const stack = new TerraformStack(app, ${JSON.stringify(stack)});`,
    `new LocalBackend(stack, {});`,
    `new AwsProvider(stack, "aws", ${code(provider, { block: schema.provider.block })});`,
    ...resources.flatMap((resource) => declaration(resource, code)),
    ...Object.entries(document.output ?? {}).map(
      ([name, { value }]) =>
        `new TerraformOutput(stack, ${JSON.stringify(`output-${name}`)}, { value: ${code(value)} });`,
    ),
    `app.synth();`,
    ``,
  ].join("\n");
}

/** How many resources and data sources a document has. */
export function countResources(document) {
  return listResources(document).length;
}

/** Addresses whose resources are not the same in two documents, comments and one-block lists aside. */
export function differences(one, other) {
  const theirs = new Map(listResources(other).map(({ address, body }) => [address, canonical(body)]));
  const mine = listResources(one).map(({ address, body }) => [address, canonical(body)]);
  const missing = [...theirs.keys()].filter((address) => !mine.some(([known]) => known === address));
  return [...mine.filter(([address, text]) => theirs.get(address) !== text).map(([address]) => address), ...missing];
}

function canonical(body) {
  const plain = (value) => {
    if (Array.isArray(value))
      return value.length === 1 && typeof value[0] === "object" ? plain(value[0]) : value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    const kept = Object.entries(value).filter(([key, item]) => key !== "//" && item !== null);
    return Object.fromEntries(kept.map(([key, item]) => [key, plain(item)]).sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(plain(body));
}

function listResources(document) {
  const kinds = [
    ["", schema.resources, document.resource ?? {}],
    ["data.", schema.data, document.data ?? {}],
  ];
  return kinds.flatMap(([prefix, schemas, types]) =>
    Object.entries(types).flatMap(([type, named]) => {
      const binding = bindingOf(
        type,
        `${prefix === "" ? "" : "data-aws-"}${type.replace(/^aws_/, "").replaceAll("_", "-")}`,
      );
      return Object.entries(named).map(([name, body], index) => ({
        address: `${prefix}${type}.${name}`,
        variable: `${camel(prefix.replace(".", "_") + type)}${index}`,
        name,
        type: prefix + type,
        body,
        block: schemas[type],
        binding,
      }));
    }),
  );
}

const bindings = new Map();

function bindingOf(type, folder, exported) {
  const path = `@cdktf/provider-aws/lib/${folder}`;
  if (!bindings.has(path)) {
    const classes = exported === undefined ? Object.entries(require(path)) : [];
    const [name, Class] = classes.find(([, value]) => value.tfResourceType === type) ?? [exported];
    if (name === undefined) throw new Error(`the peer has no class for ${type}`);
    bindings.set(path, { path, exported: name, Class });
  }
  return bindings.get(path);
}

const references = /\$\{((?:data\.)?aws_\w+\.[\w-]+)\.(\w+)\}/g;

function inOrder(resources) {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  const done = new Set();
  const visit = (resource) => {
    if (done.has(resource)) return;
    done.add(resource);
    const text = JSON.stringify(resource.body);
    for (const [, address] of text.matchAll(references)) if (byAddress.has(address)) visit(byAddress.get(address));
    for (const address of resource.body.depends_on ?? []) if (byAddress.has(address)) visit(byAddress.get(address));
    ordered.push(resource);
  };
  const ordered = [];
  resources.forEach(visit);
  return ordered;
}

function declaration({ variable, name, type, body, block, binding }, code) {
  const { lifecycle, depends_on: dependsOn, for_each: forEach, count, ...rest } = body;
  const config = Object.fromEntries(Object.entries(rest).filter(([key]) => key !== "//" && key !== "provider"));
  const fields = [code(config, block).slice(1, -1).trim()];
  if (dependsOn !== undefined)
    fields.push(`dependsOn: [${dependsOn.map((fqn) => JSON.stringify({ fqn })).join(", ")}]`);
  if (lifecycle !== undefined) fields.push(`lifecycle: ${code([lifecycle].flat()[0], { block: {} })}`);
  const lines = [
    `const ${variable} = new ${binding.exported}(stack, ${JSON.stringify(`${type}-${name}`)}, { ${fields
      .filter(Boolean)
      .join(", ")} });`,
    `${variable}.overrideLogicalId(${JSON.stringify(name)});`,
  ];
  if (forEach !== undefined) lines.push(`${variable}.addOverride("for_each", ${code(forEach)});`);
  if (count !== undefined) lines.push(`${variable}.addOverride("count", ${code(count)});`);
  return lines;
}

/** A value as JavaScript. `block` is the schema of the block that it is, where it is one: those have other names in cdktf. */
function toCode(value, block, byAddress) {
  const nested = (inner, innerBlock) => toCode(inner, innerBlock, byAddress);
  if (typeof value === "string") return textCode(value, byAddress);
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) {
    if (block !== undefined && isSingle(block) && value.length === 1) return nested(value[0], block);
    return `[${value.map((item) => nested(item, block)).join(", ")}]`;
  }
  if (block === undefined) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${nested(item)}`);
    return `{ ${entries.join(", ")} }`;
  }
  const types = block.block?.block_types ?? {};
  const entries = Object.entries(value).map(([key, item]) => `${camel(key)}: ${asDeclared(types[key], item, nested)}`);
  return `{ ${entries.join(", ")} }`;
}

function asDeclared(block, item, nested) {
  if (block === undefined) return nested(item);
  const list = isSingle(block) || Array.isArray(item) ? item : [item];
  return nested(list, block);
}

const isSingle = (block) => block.max_items === 1;

function textCode(text, byAddress) {
  const known = [...text.matchAll(references)].filter(([, address, attribute]) => {
    const Class = byAddress.get(address)?.binding.Class;
    return Class !== undefined && camel(attribute) in Class.prototype;
  });
  if (known.length === 0) return JSON.stringify(text);
  const property = ([, address, attribute]) => `${byAddress.get(address).variable}.${camel(attribute)}`;
  if (known.length === 1 && known[0][0] === text) return property(known[0]);
  let code = "";
  let from = 0;
  for (const match of known) {
    code += escapeTemplate(text.slice(from, match.index)) + "${" + property(match) + "}";
    from = match.index + match[0].length;
  }
  return `\`${code}${escapeTemplate(text.slice(from))}\``;
}

const escapeTemplate = (text) => text.replace(/[\\`]|\$\{/g, (found) => `\\${found}`);

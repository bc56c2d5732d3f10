import { SOURCE } from "./provider.mjs";

const PROSE = new Set(["description", "description_kind", "deprecation_message"]);

/** The provider's schema, filtered to `types`: Terraform's own JSON representation without its prose. */
export function filterSchema(schema, types) {
  const pick = (all, names) => Object.fromEntries(names.map((name) => [name, shape(all[name], name)]));
  return {
    provider: { source: SOURCE, version: types.version, block: strip(schema.provider.block) },
    resources: pick(schema.resource_schemas, types.resources),
    data: pick(schema.data_source_schemas, types.data),
  };
}

/** JSON with sorted keys and one line a type: a new provider version then reads as a list of changed types. */
export function renderSchema({ provider, resources, data }) {
  const head = `"provider":${JSON.stringify(sorted(provider))}`;
  return `{\n${head},\n"resources":${lines(resources)},\n"data":${lines(data)}\n}\n`;
}

/** A JSON object, one line an entry, keys sorted. */
export function lines(entries) {
  const rows = Object.keys(entries)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${JSON.stringify(sorted(entries[key]))}`);
  return `{\n${rows.join(",\n")}\n}`;
}

function shape(schema, name) {
  if (!schema) throw new Error(`the provider has no type ${name}`);
  return { version: schema.version, block: strip(schema.block) };
}

function strip(value) {
  if (Array.isArray(value)) return value.map(strip);
  if (typeof value !== "object" || value === null) return value;
  const keep = ([key, inner]) => !(PROSE.has(key) && typeof inner === "string");
  // A type may be an object type with an attribute called "description": types are taken as they are.
  const inside = (key, inner) =>
    key === "type" && (typeof inner === "string" || Array.isArray(inner)) ? inner : strip(inner);
  return Object.fromEntries(
    Object.entries(value)
      .filter(keep)
      .map(([key, inner]) => [key, inside(key, inner)]),
  );
}

function sorted(value) {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

import { encodeSchema } from "./protocol/schema-message.js";
import type { Block, ProviderSchema, Schema } from "./schema.js";
import { TABLES, WIRE_SCHEMA, type FactFile, type Tables } from "./tables.js";

/**
 * The files that stand beside the provider: the schema as it goes over the wire, and what the provider itself needs of
 * schema and facts. Run by the build.
 */
export function compileTables(schema: ProviderSchema, facts: FactFile): Record<string, Uint8Array> {
  const tables: Tables = {
    provider: { ...schema.provider, block: lean(schema.provider.block) },
    resources: mapValues(schema.resources, leanSchema),
    data: mapValues(schema.data, leanSchema),
    facts: facts.types,
  };
  return { [WIRE_SCHEMA]: encodeSchema(schema), [TABLES]: Buffer.from(JSON.stringify(tables)) };
}

const leanSchema = ({ version, block }: Schema): Schema => ({ version, block: lean(block) });

/** Descriptions are for Terraform alone. */
function lean(block: Block): Block {
  const attributes = mapValues(block.attributes ?? {}, ({ type, optional, computed, write_only }) => ({
    type,
    ...(optional && { optional }),
    ...(computed && { computed }),
    ...(write_only && { write_only }),
  }));
  const block_types = mapValues(block.block_types ?? {}, (nested) => ({
    nesting_mode: nested.nesting_mode,
    block: lean(nested.block),
  }));
  return { attributes, ...(Object.keys(block_types).length > 0 && { block_types }) };
}

function mapValues<A, B>(record: { readonly [key: string]: A }, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

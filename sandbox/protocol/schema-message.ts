import { PbfWriter } from "pbf";
import {
  attributesOf,
  blocksOf,
  type Attribute,
  type Block,
  type NestedBlock,
  type ProviderSchema,
  type Schema,
} from "../schema.js";

const nestingModes = { single: 1, list: 2, set: 3 };

/** The answer to GetSchema, encoded. It is made when Lightfleet is built: each process of the provider only sends it. */
export function encodeSchema({ provider, resources, data }: ProviderSchema): Uint8Array {
  const writer = new PbfWriter();
  writer.writeMessage(1, writeSchema, { version: 0, block: provider.block });
  for (const entry of Object.entries(resources)) writer.writeMessage(2, writeEntry, entry);
  for (const entry of Object.entries(data)) writer.writeMessage(3, writeEntry, entry);
  // Terraform then asks for the schema once a command, not once a process.
  writer.writeMessage(6, (needed: boolean, inner: PbfWriter) => inner.writeBooleanField(2, needed), true);
  return writer.finish().slice();
}

function writeEntry([type, schema]: [string, Schema], writer: PbfWriter): void {
  writer.writeStringField(1, type);
  writer.writeMessage(2, writeSchema, schema);
}

function writeSchema(schema: Schema, writer: PbfWriter): void {
  writer.writeVarintField(1, schema.version);
  writer.writeMessage(2, writeBlock, schema.block);
}

function writeBlock(block: Block, writer: PbfWriter): void {
  for (const entry of attributesOf(block)) writer.writeMessage(2, writeAttribute, entry);
  for (const entry of blocksOf(block)) writer.writeMessage(3, writeNested, entry);
  if (block.deprecated) writer.writeBooleanField(6, true);
}

function writeAttribute([name, attribute]: [string, Attribute], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeBytesField(2, Buffer.from(JSON.stringify(attribute.type)));
  if (attribute.description !== undefined) writer.writeStringField(3, attribute.description);
  if (attribute.required) writer.writeBooleanField(4, true);
  if (attribute.optional) writer.writeBooleanField(5, true);
  if (attribute.computed) writer.writeBooleanField(6, true);
  if (attribute.sensitive) writer.writeBooleanField(7, true);
  if (attribute.deprecated) writer.writeBooleanField(9, true);
  if (attribute.write_only) writer.writeBooleanField(10, true);
}

function writeNested([name, nested]: [string, NestedBlock], writer: PbfWriter): void {
  writer.writeStringField(1, name);
  writer.writeMessage(2, writeBlock, nested.block);
  writer.writeVarintField(3, nestingModes[nested.nesting_mode]);
  if (nested.min_items) writer.writeVarintField(4, nested.min_items);
  if (nested.max_items) writer.writeVarintField(5, nested.max_items);
}

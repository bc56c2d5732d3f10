import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Facts, ProviderSchema } from "./schema.js";

/** Name of the file with the schema as it goes over the wire. */
export const WIRE_SCHEMA = "schema.pb";

/** Name of the file with what the provider itself needs of schema and facts. */
export const TABLES = "tables.json";

export interface FactTable {
  readonly [type: string]: Facts;
}

/** The file of facts. */
export interface FactFile {
  readonly types: FactTable;
}

/** All that the provider knows of its types, apart from their behaviour. */
export interface Tables extends ProviderSchema {
  readonly facts: FactTable;
}

/** Reads what the build has put beside the provider. */
export function readTables(directory: string): Tables {
  return JSON.parse(readFileSync(join(directory, TABLES), "utf8"));
}

/** The encoded answer to GetSchema. */
export const readWireSchema = (directory: string): Uint8Array => readFileSync(join(directory, WIRE_SCHEMA));

/**
 * The messages of Terraform's plugin protocol, version 5, as far as the sandbox speaks it: which field has which
 * number. Fields that it does not need are skipped when read and never written.
 */
import { PbfReader, PbfWriter } from "pbf";
import type { Path } from "../schema.js";
import type { Value } from "../value.js";
import { asValue, decodeValue, encodeValue } from "./values.js";

/** A complaint, shown to the user at the place in the configuration that `path` points to. */
export interface Diagnostic {
  readonly severity?: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly path?: Path;
}

/** One request, whichever it is: the fields that it has. */
export interface Request {
  type: string;
  version: number;
  id: string;
  config: Value;
  prior: Value;
  planned: Value;
  proposed: Value;
  private: Uint8Array;
}

/** One answer. `state` is what the object looks like now, or will look like. */
export interface Response {
  readonly state?: Value;
  readonly replace?: readonly Path[];
  readonly private?: Uint8Array;
  readonly diagnostics?: readonly Diagnostic[];
}

type Field = keyof Request;

/** Per request: the field of ours that each number stands for. */
const requests: { readonly [method: string]: { readonly [number: number]: Field } } = {
  PrepareProviderConfig: { 1: "config" },
  Configure: { 2: "config" },
  ValidateResourceTypeConfig: { 1: "type", 2: "config" },
  ValidateDataSourceConfig: { 1: "type", 2: "config" },
  UpgradeResourceState: { 1: "type", 2: "version", 3: "prior" },
  ReadResource: { 1: "type", 2: "prior", 3: "private" },
  PlanResourceChange: { 1: "type", 2: "prior", 3: "proposed", 4: "config", 5: "private" },
  ApplyResourceChange: { 1: "type", 2: "prior", 3: "planned", 4: "config", 5: "private" },
  ImportResourceState: { 1: "type", 2: "id" },
  ReadDataSource: { 1: "type", 2: "config" },
};

/** Per answer: the numbers of its fields. */
const responses: { readonly [method: string]: { readonly [field in keyof Response | "legacy"]?: number } } = {
  PrepareProviderConfig: { state: 1, diagnostics: 2 },
  Configure: { diagnostics: 1 },
  ValidateResourceTypeConfig: { diagnostics: 1 },
  ValidateDataSourceConfig: { diagnostics: 1 },
  UpgradeResourceState: { state: 1, diagnostics: 2 },
  ReadResource: { state: 1, diagnostics: 2, private: 3 },
  PlanResourceChange: { state: 1, replace: 2, private: 3, diagnostics: 4, legacy: 5 },
  ApplyResourceChange: { state: 1, private: 2, diagnostics: 3, legacy: 4 },
  ReadDataSource: { state: 1, diagnostics: 2 },
};

/** A request that says nothing. */
export const EMPTY_REQUEST: Request = {
  type: "",
  version: 0,
  id: "",
  config: null,
  prior: null,
  planned: null,
  proposed: null,
  private: new Uint8Array(),
};

/** Reads a request of the named method. */
export function readRequest(method: string, bytes: Uint8Array): Request {
  const fields = requests[method] ?? {};
  return new PbfReader(bytes).readFields(
    (number: number, request: Request, reader) => {
      const field = fields[number];
      if (field === undefined) return;
      if (field === "type" || field === "id") request[field] = reader.readString();
      else if (field === "version") request.version = reader.readVarint();
      else if (field === "private") request.private = reader.readBytes();
      else if (method === "UpgradeResourceState") request[field] = readRawState(reader.readBytes());
      else request[field] = readDynamicValue(reader.readBytes());
    },
    { ...EMPTY_REQUEST },
  );
}

/** 1: msgpack, 2: JSON. */
function readDynamicValue(bytes: Uint8Array): Value {
  const found: { value: Value } = { value: null };
  return new PbfReader(bytes).readFields((number: number, result: { value: Value }, reader) => {
    if (number === 1) result.value = decodeValue(reader.readBytes());
    if (number === 2) result.value = asValue(JSON.parse(reader.readString()));
  }, found).value;
}

/** 1: JSON. The flat maps of Terraform before 0.12 are not read. */
function readRawState(bytes: Uint8Array): Value {
  const found: { value: Value } = { value: null };
  return new PbfReader(bytes).readFields((number: number, result: { value: Value }, reader) => {
    if (number === 1) result.value = asValue(JSON.parse(reader.readString()));
  }, found).value;
}

/** Writes the answer of the named method. */
export function writeResponse(method: string, response: Response): Uint8Array {
  const writer = new PbfWriter();
  const numbers = responses[method] ?? {};
  if (numbers.state !== undefined && response.state !== undefined)
    writeDynamicValue(writer, numbers.state, response.state);
  if (numbers.replace !== undefined)
    for (const path of response.replace ?? []) writer.writeMessage(numbers.replace, writePath, path);
  if (numbers.private !== undefined && response.private?.length)
    writer.writeBytesField(numbers.private, response.private);
  if (numbers.diagnostics !== undefined)
    for (const diagnostic of response.diagnostics ?? [])
      writer.writeMessage(numbers.diagnostics, writeDiagnostic, diagnostic);
  // The real provider says so too: its plans may hold what a strict reading forbids, as defaults in plain optional arguments.
  if (numbers.legacy !== undefined) writer.writeBooleanField(numbers.legacy, true);
  return writer.finish().slice();
}

/** The answer to an import: the object, or why there is none. */
export function writeImport(type: string, response: Response): Uint8Array {
  const writer = new PbfWriter();
  const { state } = response;
  if (state !== undefined && state !== null) {
    writer.writeMessage(
      1,
      (imported: Value, inner: PbfWriter) => {
        inner.writeStringField(1, type);
        writeDynamicValue(inner, 2, imported);
      },
      state,
    );
  }
  for (const diagnostic of response.diagnostics ?? []) writer.writeMessage(2, writeDiagnostic, diagnostic);
  return writer.finish().slice();
}

function writeDynamicValue(writer: PbfWriter, field: number, value: Value): void {
  writer.writeMessage(
    field,
    (bytes: Uint8Array, inner: PbfWriter) => inner.writeBytesField(1, bytes),
    encodeValue(value),
  );
}

function writePath(path: Path, writer: PbfWriter): void {
  for (const step of path) {
    writer.writeMessage(
      1,
      (part: string | number, inner: PbfWriter) =>
        typeof part === "string" ? inner.writeStringField(1, part) : inner.writeVarintField(3, part),
      step,
    );
  }
}

function writeDiagnostic(diagnostic: Diagnostic, writer: PbfWriter): void {
  writer.writeVarintField(1, diagnostic.severity === "warning" ? 2 : 1);
  writer.writeStringField(2, diagnostic.summary);
  if (diagnostic.detail !== undefined) writer.writeStringField(3, diagnostic.detail);
  if (diagnostic.path !== undefined) writer.writeMessage(4, writePath, diagnostic.path);
}

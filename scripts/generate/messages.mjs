import { PbfReader, PbfWriter } from "pbf";

/**
 * The messages of Terraform's plugin protocol 5 that are needed to ask a provider for plans: per message, field number
 * to name and kind. A kind in brackets is repeated.
 */
const MESSAGES = {
  DynamicValue: { 1: ["msgpack", "bytes"], 2: ["json", "bytes"] },
  Step: { 1: ["attribute", "string"], 2: ["key", "string"], 3: ["index", "int"] },
  AttributePath: { 1: ["steps", ["Step"]] },
  Diagnostic: {
    1: ["severity", "int"],
    2: ["summary", "string"],
    3: ["detail", "string"],
    4: ["attribute", "AttributePath"],
  },
  ConfigureRequest: { 1: ["terraform_version", "string"], 2: ["config", "DynamicValue"] },
  ConfigureResponse: { 1: ["diagnostics", ["Diagnostic"]] },
  ValidateRequest: { 1: ["type_name", "string"], 2: ["config", "DynamicValue"] },
  ValidateResponse: { 1: ["diagnostics", ["Diagnostic"]] },
  PlanRequest: {
    1: ["type_name", "string"],
    2: ["prior_state", "DynamicValue"],
    3: ["proposed_new_state", "DynamicValue"],
    4: ["config", "DynamicValue"],
    5: ["prior_private", "bytes"],
  },
  PlanResponse: {
    1: ["planned_state", "DynamicValue"],
    2: ["requires_replace", ["AttributePath"]],
    3: ["planned_private", "bytes"],
    4: ["diagnostics", ["Diagnostic"]],
  },
};

/** A message as bytes; what is undefined is left out. */
export function encodeMessage(message, value) {
  const writer = new PbfWriter();
  write(message, value, writer);
  return writer.finish();
}

/** Bytes as a message; fields that are not in the table are passed over. */
export function decodeMessage(message, bytes) {
  return new PbfReader(bytes).readFields(readField(message), empty(message));
}

function write(message, value, writer) {
  for (const [number, [name, kind]] of Object.entries(MESSAGES[message])) {
    const field = value[name];
    if (field === undefined) continue;
    for (const item of Array.isArray(kind) ? field : [field])
      writeField(Number(number), [kind].flat()[0], item, writer);
  }
}

function writeField(number, kind, value, writer) {
  if (kind === "bytes") writer.writeBytesField(number, value);
  else if (kind === "string") writer.writeStringField(number, value);
  else if (kind === "int") writer.writeVarintField(number, value);
  else writer.writeMessage(number, (inner, into) => write(kind, inner, into), value);
}

function readField(message) {
  return (number, result, reader) => {
    const [name, kind] = MESSAGES[message][number] ?? [];
    if (name === undefined) return;
    if (Array.isArray(kind)) result[name].push(readValue(kind[0], reader));
    else result[name] = readValue(kind, reader);
  };
}

function readValue(kind, reader) {
  if (kind === "bytes") return reader.readBytes();
  if (kind === "string") return reader.readString();
  if (kind === "int") return reader.readVarint(true);
  return reader.readMessage(readField(kind), empty(kind));
}

function empty(message) {
  const lists = Object.values(MESSAGES[message]).filter(([, kind]) => Array.isArray(kind));
  return Object.fromEntries(lists.map(([name]) => [name, []]));
}

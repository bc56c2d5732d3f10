import { decode, encode, ExtData, type ExtensionCodecType } from "@msgpack/msgpack";
import { Unknown, isList, isObject, type Value } from "../value.js";

/** Any extension type stands for an unknown value; which one says how far it is known. */
const codec: ExtensionCodecType<undefined> = {
  tryToEncode: (value) => (value instanceof Unknown ? new ExtData(value.kind, value.payload) : null),
  decode: (payload, kind) => new Unknown(kind, Uint8Array.from(payload)),
};

/** Reads a value as Terraform sends it. Numbers may still be decimal text: `conform` turns them into numbers. */
export function decodeValue(bytes: Uint8Array): Value {
  return asValue(decode(bytes, { extensionCodec: codec }));
}

/** Writes a value for Terraform. Fractions go as text, which keeps them exact. */
export function encodeValue(value: Value): Uint8Array {
  return encode(portable(value), { extensionCodec: codec });
}

function portable(value: Value): Value {
  if (typeof value === "number") return Number.isSafeInteger(value) ? value : String(value);
  if (isList(value)) return value.map(portable);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, portable(item)]));
  return value;
}

/** Anything decoded, from msgpack or JSON, as a value; what is no value (binary, dates) becomes null. */
export function asValue(decoded: unknown): Value {
  if (decoded === null || decoded === undefined) return null;
  if (typeof decoded === "string" || typeof decoded === "number" || typeof decoded === "boolean") return decoded;
  if (decoded instanceof Unknown) return decoded;
  if (ArrayBuffer.isView(decoded)) return null;
  if (Array.isArray(decoded)) return decoded.map(asValue);
  if (typeof decoded === "object")
    return Object.fromEntries(Object.entries(decoded).map(([key, item]) => [key, asValue(item)]));
  return null;
}

import { PbfReader, PbfWriter } from "pbf";

const RESOURCES = 2;
const DATA_SOURCES = 3;
const WANTED_ELSEWHERE = new Set([1, 4, 5, 6]);

/**
 * The provider's answer to `GetSchema` (protobuf) without the types that are not asked for. The schema of all types
 * takes Terraform three seconds to read, in every command; that of the types in use takes none.
 */
export function filterSchemaResponse(
  response: Uint8Array,
  resources: ReadonlySet<string>,
  data: ReadonlySet<string>,
): Buffer {
  const writer = new PbfWriter();
  new PbfReader(response).readFields((number, into, reader) => {
    if (reader.type !== 2) return;
    const bytes = reader.readBytes();
    const wanted =
      number === RESOURCES
        ? resources.has(keyOf(bytes))
        : number === DATA_SOURCES
          ? data.has(keyOf(bytes))
          : WANTED_ELSEWHERE.has(number);
    if (wanted) into.writeBytesField(number, bytes);
  }, writer);
  return Buffer.from(writer.finish());
}

/** The key of an entry of a protobuf map. */
function keyOf(entry: Uint8Array): string {
  return new PbfReader(entry).readFields<{ key: string }>(
    (number, into, reader) => {
      if (number === 1) into.key = reader.readString();
    },
    { key: "" },
  ).key;
}

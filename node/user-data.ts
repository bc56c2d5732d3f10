import { gzipSync, strToU8 } from "fflate";
import { LightfleetError } from "../errors/error.js";
import type { FleetModel, Model } from "../model/schema.js";
import { cloudConfig } from "./cloud-config.js";

/** What EC2 takes, before it is written as base64 (EC2 User Guide, "Run commands when you launch an instance"). */
export const USER_DATA_LIMIT = 16_384;

/**
 * A fleet's user data: its cloud-config, compressed, as two members of one gzip file (RFC 1952, 2.2), which Python's gzip
 * and so cloud-init read as one text: what many fleets have in common is compressed once. By a library and not by Node,
 * whose zlib differs between versions: other bytes would replace every VM. The library's version is pinned for the same
 * reason.
 * @throws LF043 where it is larger than EC2 takes
 */
export function userData(model: Model, fleet: FleetModel): Buffer {
  const { head, tail } = cloudConfig(model, fleet);
  const bytes = Buffer.concat([compressOnce(head), compress(tail)]);
  if (bytes.length <= USER_DATA_LIMIT) return bytes;
  const message = `the user data of the fleet "${fleet.id}" has ${bytes.length} bytes, EC2 takes ${USER_DATA_LIMIT}`;
  throw new LightfleetError(message, {
    code: "LF043",
    kind: "config",
    hint: "it holds the fleet's 'os' settings: shorten 'os.packages', 'os.sysctl' or 'os.modules'",
  });
}

const compress = (text: string): Uint8Array => gzipSync(strToU8(text), { level: 9, mtime: 0 });

/** How many heads are remembered: each role and architecture has one. */
const REMEMBERED = 8;
const heads = new Map<string, Uint8Array>();

/** Remembers its last answers: fleets of a role and their clusters have the same head. */
function compressOnce(text: string): Uint8Array {
  let bytes = heads.get(text);
  if (bytes === undefined) {
    bytes = compress(text);
    const [oldest] = heads.keys();
    if (heads.size >= REMEMBERED && oldest !== undefined) heads.delete(oldest);
    heads.set(text, bytes);
  }
  return bytes;
}

import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";

const BLOCK = 512;
/** Types of entries that are plain files. */
const PLAIN = ["0", "\0", "7"];

/** A disk in an archive is no plain file: no reader of ours would get its bytes right. */
export class StrangeEntry extends Error {}

/**
 * Writes the one `.raw` of a gzipped tar into a file, without holding it in memory: images of Photon OS come so.
 * @returns the name that it has in the archive, or undefined where there is none
 * @throws StrangeEntry where it is a sparse file or a link
 */
export async function extractRaw(archive: string, target: string, signal: AbortSignal): Promise<string | undefined> {
  let found: string | undefined;
  await pipeline(
    createReadStream(archive),
    createGunzip(),
    async function* (source: AsyncIterable<Buffer>) {
      const reader = new Reader(source);
      for (;;) {
        const header = await reader.take(BLOCK);
        if (header.length < BLOCK || header.every((byte) => byte === 0)) return;
        const { name, size, type } = parse(header);
        const padded = Math.ceil(size / BLOCK) * BLOCK;
        if (!name.endsWith(".raw")) {
          await reader.skip(padded);
          continue;
        }
        if (!PLAIN.includes(type)) throw new StrangeEntry(name);
        found = name;
        yield* reader.stream(size);
        return;
      }
    },
    createWriteStream(target),
    { signal },
  );
  return found;
}

function parse(header: Buffer): { name: string; size: number; type: string } {
  const text = (from: number, length: number): string =>
    header.toString("utf8", from, from + length).split("\0")[0] ?? "";
  // Sizes from 8 GiB on do not fit into octal digits: they are binary then, marked by the first bit.
  const size =
    (header[124]! & 0x80) !== 0 ? Number(header.readBigUInt64BE(128)) : Number.parseInt(text(124, 12).trim(), 8) || 0;
  return { name: text(0, 100), size, type: String.fromCharCode(header[156]!) };
}

/** Takes bytes out of a stream, so many at a time. */
class Reader {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for await (const part of this.stream(length)) parts.push(part);
    return Buffer.concat(parts);
  }

  async skip(length: number): Promise<void> {
    const parts = this.stream(length);
    while ((await parts.next()).done !== true);
  }

  async *stream(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      if (this.rest.length === 0) {
        const next = await this.chunks.next();
        if (next.done === true) return;
        this.rest = next.value;
      }
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }
}

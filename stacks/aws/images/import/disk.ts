import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, open, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { LightfleetError } from "../../../../errors/error.js";
import type { Arch } from "../images.js";
import { readBootMode, type BootMode } from "./layout.js";
import { extractRaw, StrangeEntry } from "./tar.js";

/** A raw disk, ready to be imported. */
export interface RawDisk {
  readonly path: string;
  readonly bytes: number;
  /** As in `sha256:…`. */
  readonly digest: string;
  readonly bootMode: BootMode;
  /** Where the name of the file says it. */
  readonly arch: Arch | undefined;
  /** Release of Photon OS, where the name of the file says it. */
  readonly release: string | undefined;
  /** Takes away what was unpacked. */
  close(): Promise<void>;
}

/**
 * Opens a raw disk: a `.raw` file, or the `.tar.gz` that images of Photon OS come in.
 * @param workDir where it may be unpacked to
 * @throws LF635 where it is none
 */
export async function openDisk(file: string, workDir: string, signal: AbortSignal): Promise<RawDisk> {
  if (!(await stat(file).catch(() => undefined))?.isFile()) throw unusable(`there is no file ${file}`);
  if (/\.raw$/i.test(file)) return describe(file, file, signal, async () => undefined);
  if (!/\.(tar\.gz|tgz)$/i.test(file)) throw unusable(`${file} must be a raw disk (.raw), or a .tar.gz with one in it`);
  await mkdir(workDir, { recursive: true });
  const folder = await mkdtemp(join(workDir, "unpacked-"));
  const close = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const path = join(folder, "disk.raw");
    const name = await extractRaw(file, path, signal);
    if (name === undefined) throw unusable(`there is no .raw file in ${file}`);
    return await describe(path, name, signal, close);
  } catch (error) {
    await close();
    if (error instanceof StrangeEntry) throw unusable(`${error.message} in ${file} is no plain file: unpack it first`);
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw unusable(`${file} cannot be unpacked: ${error.message}`);
    throw error;
  }
}

async function describe(path: string, name: string, signal: AbortSignal, close: () => Promise<void>): Promise<RawDisk> {
  const { size: bytes } = await stat(path);
  const disk = await open(path);
  const bootMode = await readBootMode(disk).finally(() => disk.close());
  if (bytes === 0 || bytes % 512 !== 0 || bootMode === undefined)
    throw unusable(`${basename(name)} is no raw disk: ${bytes} bytes, ${bootMode ?? "no partition table"}`);
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 2 ** 20 })) hash.update(chunk);
  const arch = /aarch64|arm64/i.test(name) ? "arm64" : /x86_64|amd64/i.test(name) ? "x86_64" : undefined;
  return {
    ...{ path, bytes, digest: `sha256:${hash.digest("hex")}`, bootMode, arch, close },
    release: /photon\D*(\d\.\d)\b/i.exec(basename(name))?.[1],
  };
}

const unusable = (message: string): LightfleetError =>
  new LightfleetError(message, {
    code: "LF635",
    kind: "config",
    hint: "images of Photon OS for EC2 are .tar.gz files with one .raw in them; see docs/images.md",
  });

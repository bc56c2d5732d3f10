import { createHash } from "node:crypto";
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { chmod } from "node:fs/promises";
import { homedir, tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** Where the engine keeps a state that it could not save: below the root module's folder. */
const ERRORED = "errored.tfstate";
/** What a file of such a state is called once that was saved. */
export const SAVED = ".saved";

/**
 * Where a state that could not be saved is kept, and looked for, in order: beside the JSON, where the engine itself puts it,
 * at home, in the folder for temporary files, and in memory.
 * @param dir the root module's folder
 */
export function erroredPlaces(dir: string, cluster: string): string[] {
  const name = `lightfleet-${cluster}-${createHash("sha256").update(dir).digest("hex").slice(0, 12)}-${ERRORED}`;
  return [join(dir, ERRORED), ...[homedir(), tmpdir(), "/dev/shm"].map((folder) => join(folder, name))];
}

/** A state holds secrets: what the engine left of one beside the JSON is for its owner alone. @param dir the root module's folder */
export async function keepPrivate(dir: string): Promise<void> {
  for (const name of [ERRORED, ERRORED + SAVED]) await chmod(join(dir, name), 0o600).catch(() => undefined);
}

/**
 * Writes a state to the first place that takes the whole of it.
 * @returns the file, undefined where none takes it
 */
export function keepErrored(places: readonly string[], state: string): string | undefined {
  return places.find((file) => write(file, state));
}

/** The first place with a state that is whole; an empty file, as the engine leaves one on a full disk, is none. */
export function findErrored(places: readonly string[]): string | undefined {
  return places.find((file) => isOwn(file) && isState(readText(file)));
}

/** Whether a text is a state that an engine wrote to its end. */
export function isState(text: string): boolean {
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === "object" && state !== null && "version" in state;
  } catch {
    return false;
  }
}

/** Writes a file as a whole, for its owner alone. @returns false where the disk does not take it */
export function write(file: string, text: string): boolean {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    rmSync(temporary, { force: true });
    const fd = openSync(temporary, "wx", 0o600);
    try {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    chmodSync(temporary, 0o600);
    renameSync(temporary, file);
    return true;
  } catch {
    rmSync(temporary, { force: true });
    return false;
  }
}

/** Anybody may put a file into the folder for temporary ones. */
function isOwn(file: string): boolean {
  try {
    const stat = lstatSync(file);
    return stat.isFile() && (process.platform === "win32" || stat.uid === userInfo().uid);
  } catch {
    return false;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

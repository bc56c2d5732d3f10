import { closeSync, mkdtempSync, openSync, readSync, rmSync, statfsSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";

/** Time between two looks, in milliseconds: as live as a person can tell. */
const EVERY_MS = 50;
const CHUNK = 65_536;

/** A file that a program writes to, read line by line as it grows. */
export interface NamelessFile {
  /** What the program gets as its output. */
  readonly fd: number;
  /** Reads what is there still, and closes. Called when the program has ended. @throws what `onLine` threw */
  end(): void;
}

/**
 * A program that writes to a pipe is killed by its next word once nobody reads any more; a file takes it all, whether or not
 * the one who reads is alive. The file loses its name at once, so that it is gone with its last user.
 * @returns undefined where no file can be made
 */
export function openNamelessFile(onLine: (line: string) => void): NamelessFile | undefined {
  const opened = open();
  if (opened === undefined) return undefined;
  const { writing, reading } = opened;
  const lines = splitter(onLine);
  const chunk = Buffer.allocUnsafe(CHUNK);
  let failure: { readonly error: unknown } | undefined;
  const read = (): void => {
    try {
      for (let size = readSync(reading, chunk); size > 0; size = readSync(reading, chunk))
        lines.take(chunk.subarray(0, size));
    } catch (error) {
      failure ??= { error };
    }
  };
  const timer = setInterval(read, EVERY_MS);
  return {
    fd: writing,
    end: () => {
      clearInterval(timer);
      read();
      closeSync(writing);
      closeSync(reading);
      if (failure !== undefined) throw failure.error;
      lines.end();
    },
  };
}

function open(): { readonly writing: number; readonly reading: number } | undefined {
  const folders = [tmpdir(), "/dev/shm", homedir()];
  // What an engine says may be all that is known of what it made: it is not to be cut off by a full disk.
  const byRoom = [...folders.filter((folder) => roomIn(folder) >= ROOM), ...folders];
  for (const folder of byRoom) {
    const opened = openIn(folder);
    if (opened !== undefined) return opened;
  }
  return undefined;
}

/** Bytes that what an engine says may take: a state of some thousand resources. */
const ROOM = 2 ** 26;

/** Free bytes where a folder is; none where it cannot be told. */
function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

function openIn(parent: string): { readonly writing: number; readonly reading: number } | undefined {
  try {
    const folder = mkdtempSync(join(parent, "lightfleet-engine-"));
    try {
      const file = join(folder, "output");
      return { writing: openSync(file, "a", 0o600), reading: openSync(file, "r") };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch {
    return undefined;
  }
}

/** Makes lines of chunks, which end anywhere. */
function splitter(onLine: (line: string) => void) {
  const decoder = new StringDecoder("utf8");
  let rest = "";
  return {
    take: (chunk: Buffer): void => {
      const lines = (rest + decoder.write(chunk)).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(line.replace(/\r$/, ""));
    },
    end: (): void => {
      rest += decoder.end();
      if (rest !== "") onLine(rest);
    },
  };
}

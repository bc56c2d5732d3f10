import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { byText } from "../model/order.js";

/** A file of a container that is more than a text for all to read. */
export interface FileOptions {
  /** Its content: a text, in which addresses and cdktf tokens are fine, or bytes; 1 to 1,023,999 bytes. */
  readonly content: string | (() => string) | Uint8Array;
  /** Who may read, write and execute it, as in `0o755`; up to `0o777`. @default 0o444, and 0o555 by {@link dir} for what is executable */
  readonly mode?: number;
  /** Id of the user that owns it, 0 or more. @default 0 */
  readonly uid?: number;
  /** Id of the group that owns it, 0 or more. @default 0 */
  readonly gid?: number;
}

/**
 * All files of a directory, for `files`: `files: { ...dir("./config", "/etc/app"), "/run.sh": "…" }`. Each is a config of the swarm, so that a directory
 * of many or large files belongs into the image. What is executable stays so; links are followed.
 * @param from the directory, relative to where the command runs
 * @param to where it lies in the container, an absolute path
 * @throws LF100 where there is no such directory, or it cannot be read
 */
export function dir(from: string, to: string): Record<string, FileOptions> {
  return Object.fromEntries(filesBelow(from, to));
}

function filesBelow(from: string, to: string): [string, FileOptions][] {
  const read = <T>(what: () => T): T => {
    try {
      return what();
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new LightfleetError(`cannot read the directory ${JSON.stringify(from)} for 'files': ${reason}`, {
        code: "LF100",
        kind: "config",
        hint: "a path is relative to where the command runs: join it with import.meta.dirname to have it beside the program",
        cause,
      });
    }
  };
  return read(() => readdirSync(from))
    .sort(byText)
    .flatMap((name): [string, FileOptions][] => {
      const [file, target] = [join(from, name), posix.join(to, name)];
      const found = read(() => statSync(file));
      if (found.isDirectory()) return filesBelow(file, target);
      if (!found.isFile()) return [];
      const content = read(() => readFileSync(file));
      return [[target, { content, ...((found.mode & 0o111) !== 0 && { mode: 0o555 }) }]];
    });
}

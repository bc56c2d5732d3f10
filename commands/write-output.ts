import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";

const WHY: Readonly<Record<string, string>> = {
  EISDIR: "it is a folder",
  EEXIST: "what should be a folder above it is a file",
  ENOTDIR: "what should be a folder above it is a file",
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "the file system takes nothing",
  ENOSPC: "the disk is full",
};

/**
 * Writes what was asked for into a file, and makes the folders above it.
 * @param output as it was said: relative to the project's folder, or absolute
 * @returns its absolute path
 * @throws LF050 where it cannot be written
 */
export async function writeOutput(dir: string, output: string, text: string): Promise<string> {
  const file = resolve(dir, output);
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    const { code = "" } = cause as NodeJS.ErrnoException;
    const why = WHY[code];
    if (why === undefined) throw cause;
    throw new LightfleetError(`nothing can be written to '${file}': ${why}`, {
      code: "LF050",
      kind: "usage",
      hint: "name a file, as in 'preview.md'",
      cause,
    });
  }
  return file;
}

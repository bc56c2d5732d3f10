import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, extname, relative, resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { fileError } from "../errors/file-error.js";

/** Endings of what programs are made of. */
const SOURCES = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];

/** Where a text is to be written. */
export interface Output {
  /** As it was said: relative to the project's folder, or absolute. */
  readonly file: string;
  /** Whether a file that looks like a part of the program may be replaced. @default false */
  readonly overwrite?: boolean;
}

/**
 * Writes what was asked for into a file, and makes the folders above it that are in the project.
 * @returns its absolute path
 * @throws LF050 where it cannot be written, LF641 where a part of the program is there
 */
export async function writeOutput(
  dir: string,
  { file: output, overwrite = false }: Output,
  text: string,
): Promise<string> {
  const file = resolve(dir, output);
  if (!overwrite && (await isOfProgram(file)))
    throw new LightfleetError(`'${output}' is there, and looks like a part of the program: nothing was written`, {
      code: "LF641",
      kind: "usage",
      hint: "name another file, or replace it with --overwrite",
    });
  const folder = dirname(file);
  if (!existsSync(folder) && relative(dir, folder).startsWith(".."))
    throw unwritable(file, `there is no folder '${folder}'`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    const why = fileError(cause)?.message.split(": ").at(-1);
    if (why === undefined) throw cause;
    throw unwritable(file, why, cause);
  }
  return file;
}

const unwritable = (file: string, why: string, cause?: unknown): LightfleetError =>
  new LightfleetError(`nothing can be written to '${file}': ${why}`, {
    code: "LF050",
    kind: "usage",
    hint: "name a file, as in 'preview.md'",
    cause,
  });

/** Whether a file is there that somebody wrote by hand: source, or JSON that is no change list of ours. */
async function isOfProgram(file: string): Promise<boolean> {
  const ending = extname(file).toLowerCase();
  if (!SOURCES.includes(ending) && ending !== ".json") return false;
  const text = await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined || text.trim() === "") return false;
  return SOURCES.includes(ending) || !isChangeList(text);
}

/** What a change list says that it is. */
const CHANGE_LIST = "lightfleet-preview";

function isChangeList(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "format" in value && value.format === CHANGE_LIST;
  } catch {
    return false;
  }
}

/** The format that a file's ending asks for; undefined where it says none. */
export const formatOf = <F extends string>(
  file: string | undefined,
  endings: Readonly<Record<string, F>>,
): F | undefined => (file === undefined ? undefined : endings[extname(file).toLowerCase()]);

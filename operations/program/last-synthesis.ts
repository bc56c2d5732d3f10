import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import * as z from "zod/mini";
import type { Project } from "./project.js";

/** Where a project keeps what the last synthesis was. */
const fileOf = (dir: string): string => join(dir, ".lightfleet", "synthesis.json");

const schema = z.object({
  /** Where cdktf.json and the environment said that the program is to write to. */
  asked: z.string(),
  /** Where it wrote to: a program may say otherwise. */
  outdir: z.string(),
  /** Ids of its clusters in its own order, which cdktf's manifest does not keep. */
  clusters: z.array(z.string()),
});

/** What the last synthesis of a project was. Paths are absolute. */
export interface LastSynthesis {
  readonly outdir: string;
  readonly clusters: readonly string[];
}

/** Notes where a program wrote to, and its order, for commands that only look. That a folder takes nothing is no reason to end. */
export async function noteSynthesis(project: Project, { outdir, clusters }: LastSynthesis): Promise<void> {
  const file = fileOf(project.dir);
  const text = `${JSON.stringify({ asked: project.outdir, outdir, clusters }, null, 2)}\n`;
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch {
    // A status then looks where cdktf.json says.
  }
}

/**
 * Where the program wrote to last: where it was asked to write as now, or where nothing lies where it is asked to write now.
 * @returns the folder that cdktf.json and the environment name, where nothing else is known
 */
export async function lastSynthesis(project: Project): Promise<LastSynthesis> {
  const named = { outdir: project.outdir, clusters: [] };
  const text = await readFile(fileOf(project.dir), "utf8").catch(() => "");
  const note = parse(text);
  if (note === undefined) return named;
  const outdir = resolve(project.dir, note.outdir);
  const isThere = (folder: string): boolean => existsSync(join(folder, "manifest.json"));
  const same = resolve(project.dir, note.asked) === project.outdir;
  return isThere(outdir) && (same || !isThere(project.outdir)) ? { outdir, clusters: note.clusters } : named;
}

function parse(text: string): z.infer<typeof schema> | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

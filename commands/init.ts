import { existsSync } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { isLegalId } from "../model/ids.js";
import type { CommandContext } from "../operations/context.js";
import { projectFiles } from "../operations/init/files.js";
import { completeManifest, type Completed } from "../operations/init/manifest.js";
import { repositoryOf } from "../operations/init/repository.js";
import { workflowFiles } from "../operations/init/workflows.js";

export interface InitOptions {
  /** Folder of the project, relative to the folder that the command works in. */
  readonly dir: string;
  /** Version of Lightfleet that the project depends on. */
  readonly version: string;
}

export interface InitResult {
  /** Absolute. */
  readonly dir: string;
  /** Files that were written, relative to the folder: workflows may stand above it. */
  readonly created: readonly string[];
  /** Files that were there already, and were left alone. */
  readonly kept: readonly string[];
  /** Id of the cluster that the project declares. */
  readonly name: string;
  /** What was added to a package.json that was there, as in `devDependencies.vitest`. */
  readonly added: readonly string[];
  /** What is left to be done by hand, in words. */
  readonly advice: readonly string[];
  /** Where GitHub looks for workflows: in the top folder of the repository. Absolute. */
  readonly workflows: string;
}

/**
 * Makes a project that works at once. Files that are there already are left alone, but for a package.json, which gets what is missing.
 * @throws LF050 where a file is in the folder's place
 */
export async function initProject(options: InitOptions, context: CommandContext): Promise<InitResult> {
  const dir = resolve(context.dir, options.dir);
  const there = await stat(dir).catch(() => undefined);
  if (there?.isDirectory() === false)
    throw new LightfleetError(`'${options.dir}' is a file: a project is made in a folder`, {
      code: "LF050",
      kind: "usage",
      hint: "name a folder, as in 'lightfleet init shop'; without a name it is this one",
    });
  const root = repositoryOf(dir) ?? dir;
  const workflows = join(root, ".github", "workflows");
  const above = Object.entries(workflowFiles(relative(root, dir)));
  const name = projectName(dir);
  const entry = entryIn(dir);
  const own = projectFiles(name, options.version, entry);
  const files = {
    ...own,
    ...Object.fromEntries(above.map(([name, text]) => [relative(dir, join(workflows, name)), text])),
  };
  const created: string[] = [];
  const kept: string[] = entry === ENTRY ? [] : [ENTRY];
  let manifest: Completed = { added: [], advice: [] };
  for (const [file, text] of Object.entries(files)) {
    const path = join(dir, file);
    await mkdir(dirname(path), { recursive: true });
    if (await writeNew(path, text)) created.push(file);
    else {
      kept.push(file);
      if (file === "package.json") manifest = await completeManifest(dir, text);
    }
  }
  return { dir, name, created, kept, ...manifest, workflows };
}

/** The program's file: a `main.ts` that is there already is another program, unless a cdktf.json is there too. */
function entryIn(dir: string): string {
  const isTaken = existsSync(join(dir, ENTRY)) && !existsSync(join(dir, "cdktf.json"));
  return isTaken ? "infrastructure.ts" : ENTRY;
}

const ENTRY = "main.ts";

/** @returns false where there is something already */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** The folder's name, as npm allows it, and as a cluster may be called. */
function projectName(dir: string): string {
  const name = basename(dir)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 20)
    .replace(/-+$/, "");
  if (name === "") return "fleet";
  return isLegalId(name) ? name : `my-${name}`;
}

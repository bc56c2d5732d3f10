import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isLegalId } from "../model/ids.js";
import type { CommandContext } from "./context.js";
import { projectFiles } from "./init/files.js";
import { repositoryOf } from "./init/repository.js";
import { workflowFiles } from "./init/workflows.js";

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
  /** Where GitHub looks for workflows: in the top folder of the repository. Absolute. */
  readonly workflows: string;
}

/** Makes a project that works at once. A file that is there already is never touched. */
export async function initProject(options: InitOptions, context: CommandContext): Promise<InitResult> {
  const dir = resolve(context.dir, options.dir);
  const root = repositoryOf(dir) ?? dir;
  const workflows = join(root, ".github", "workflows");
  const above = Object.entries(workflowFiles(options.version, relative(root, dir)));
  const files = {
    ...projectFiles(projectName(dir), options.version),
    ...Object.fromEntries(above.map(([name, text]) => [relative(dir, join(workflows, name)), text])),
  };
  const created: string[] = [];
  const kept: string[] = [];
  for (const [name, text] of Object.entries(files)) {
    const path = join(dir, name);
    await mkdir(dirname(path), { recursive: true });
    ((await writeNew(path, text)) ? created : kept).push(name);
  }
  return { dir, created, kept, workflows };
}

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
    .replace(/^[^a-z]+|-+$/g, "")
    .slice(0, 20)
    .replace(/-+$/, "");
  if (name === "") return "fleet";
  return isLegalId(name) ? name : `my-${name}`;
}

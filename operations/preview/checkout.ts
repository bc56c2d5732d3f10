import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { CommandContext } from "../context.js";
import { exportTree, trackedFiles, withoutCheckout, type Repository } from "./git.js";
import { providePackages, type Provided } from "./packages.js";

export interface CheckedOut extends Provided {
  /** The project's folder in it, absolute. */
  readonly dir: string;
}

/**
 * Writes a commit's files with their packages below a folder. All of it comes from git's objects, and from installs by the commit's own lock
 * file; packages of the working tree are used only where nothing that head has could make them other than the commit's.
 * @param scratch of this run alone: what lies in it was made by it
 */
export async function checkOut(
  repository: Repository,
  commit: string,
  scratch: string,
  context: CommandContext,
): Promise<CheckedOut> {
  const top = join(scratch, commit);
  const project = join(top, repository.prefix);
  await linkAbove(repository.root, scratch);
  if (existsSync(top)) return { dir: project, notes: [], withheld: [], installed: false };
  const { notes, withheld } = await exportTree(repository, `${commit}^{tree}`, top);
  const places = { top, project, workingTop: repository.root, tracked: await trackedFiles(repository) };
  if (!existsSync(project)) return { dir: project, notes, withheld, installed: false };
  const packages = await providePackages(places, withoutCheckout(context.env, repository.root));
  const all = { notes: [...notes, ...packages.notes], withheld: [...withheld, ...packages.withheld] };
  return { dir: project, ...all, installed: packages.installed };
}

/** Packages that lie above the repository are no files of head: Node finds them above the tree as well. */
async function linkAbove(root: string, scratch: string): Promise<void> {
  const target = join(scratch, "node_modules");
  for (let at = dirname(root); ; at = dirname(at)) {
    const packages = join(at, "node_modules");
    if (existsSync(packages) && !existsSync(target)) await symlink(packages, target, "dir");
    if (existsSync(target) || dirname(at) === at) return;
  }
}

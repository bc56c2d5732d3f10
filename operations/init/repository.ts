import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The top folder of the git repository that a folder is in, or will be in; undefined where it is in none. git itself is not needed. */
export function repositoryOf(dir: string): string | undefined {
  for (let at = dir; ; at = dirname(at)) {
    // A file in worktrees and submodules.
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

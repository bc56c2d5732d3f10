import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The commit whose release programs are deployed: clusters of it are upgraded to this one, and back. */
const PREVIOUS = "455a2a4";
const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Why the programs of that commit cannot be had; undefined where they can. */
export const whyNoPrevious = (): string | undefined =>
  spawnSync("git", ["cat-file", "-e", `${PREVIOUS}^{commit}`], { cwd: root }).status === 0
    ? undefined
    : `this checkout has no commit ${PREVIOUS}`;

/** Writes the release programs of that commit into a folder, and returns it. */
export function previousPrograms(home: string): string {
  const folder = join(home, "previous");
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: root, encoding: "utf8" });
  for (const path of git("ls-tree", "--name-only", PREVIOUS, "node/files/").split("\n"))
    if (path.endsWith(".py"))
      writeFileSync(join(folder, path.slice("node/files/".length)), git("show", `${PREVIOUS}:${path}`));
  return folder;
}

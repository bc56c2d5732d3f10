import { execFileSync } from "node:child_process";
import { project } from "./project.js";

/** Runs git in a folder, as somebody, and whatever the machine's own configuration says of signing. Gives what it prints. */
export const git = (dir: string, ...args: readonly string[]): string =>
  execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", ...args], {
    cwd: dir,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();

/** Commits all that there is in a folder; makes it a repository where it is none. */
export function commit(dir: string, message = "base"): void {
  git(dir, "init", "-q", "-b", "main");
  git(dir, "add", "-A");
  git(dir, "commit", "-qm", message);
}

/** A project in a repository of its own, with one commit. */
export async function repository(main: string, ignored = ""): Promise<string> {
  const dir = await project({ "main.ts": main, ".gitignore": `node_modules\n.lightfleet\ncdktf.out\n${ignored}` });
  commit(dir);
  return dir;
}

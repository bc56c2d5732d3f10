import { chmod, mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";

/** In a cluster's folder. The engine writes plans for everybody to read: a folder that is its owner's alone keeps them. */
const FOLDER = "plans";
const OWN_PLAN = /^lightfleet-(\d+)\.tfplan$/;

/**
 * A place for a plan of this process alone: another run may be planning beside it. What dead runs left behind goes.
 * @param dir the root module's folder
 * @returns the path below it
 */
export async function freePlanFile(dir: string): Promise<string> {
  const folder = join(dir, FOLDER);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  await sweep(folder);
  // Where plans were kept before there was a folder for them.
  await sweep(dir);
  return join(FOLDER, `lightfleet-${process.pid}.tfplan`);
}

async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const pid = Number(OWN_PLAN.exec(name)?.[1] ?? process.pid);
    if (pid !== process.pid && !isAlive(pid)) await rm(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

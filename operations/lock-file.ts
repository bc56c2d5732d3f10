import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { editLock, type LockEdit } from "../model/edit-lock.js";
import { LOCK_FILE } from "../model/lock.js";

/** Makes an edit in the project's lock file, which is there in whole at all times. @returns whether anything changed @throws LF031 */
export async function writeLock(dir: string, edit: LockEdit): Promise<boolean> {
  const file = join(dir, LOCK_FILE);
  const before = await readFile(file, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  });
  const after = editLock(before, edit);
  if (after === before) return false;
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, after);
  await rename(temporary, file);
  return true;
}

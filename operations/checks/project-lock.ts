import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { LOCK_FILE, readLock, type Lock } from "../../model/lock.js";

/**
 * Reads the project's lock file; null where it has none.
 * @throws LF031 where it cannot be read
 */
export async function readProjectLock(dir: string): Promise<Lock | null> {
  let text: string;
  try {
    text = await readFile(join(dir, LOCK_FILE), "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
  return readLock(text);
}

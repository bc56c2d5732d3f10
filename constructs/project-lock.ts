import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { LOCK_FILE, readLock, type Lock } from "../model/lock.js";

/**
 * The lock file of the project that a program runs in, or null where it has none.
 * @throws LF031, LF032 where it cannot be read
 */
export function projectLock(): Lock | null {
  const file = resolve(LOCK_FILE);
  return existsSync(file) ? readLock(readFileSync(file, "utf8")) : null;
}

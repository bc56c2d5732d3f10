import { mkdirSync, readFileSync, rmSync, statfsSync } from "node:fs";

/** What the tests need at most: engines of Docker keep their images there. */
const NEEDED_BYTES = 4 * 2 ** 30;
const MEMORY = "/dev/shm";

/**
 * Where tests write: to remove a folder from a disk can take longer than to synthesize a cluster, and engines wait for the
 * disk at each step. The name is short, since sockets lie below it, whose paths are limited.
 * @returns undefined where no memory can be written to as a disk, or too little, or where no program is started from it
 */
export function memoryFolder(): string | undefined {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    const mount = readFileSync("/proc/mounts", "utf8")
      .split("\n")
      .map((line) => line.split(" "))
      .find(([, at]) => at === MEMORY);
    const options = mount?.[3]?.split(",") ?? ["ro"];
    const isUsable = bavail * bsize >= NEEDED_BYTES && !options.includes("ro") && !options.includes("noexec");
    return isUsable ? `${MEMORY}/lf-${process.pid}` : undefined;
  } catch {
    return undefined;
  }
}

/** Makes the folder that TMPDIR names for the tests, and removes it when all are through. */
export default function setUp(): (() => void) | undefined {
  const folder = memoryFolder();
  if (folder === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  return () => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

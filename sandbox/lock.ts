import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Another run holds the lock. */
export class Locked extends Error {
  constructor(
    readonly file: string,
    readonly holder: number,
  ) {
    super(`process ${holder} holds ${file}`);
  }
}

/**
 * Keeps two runs of the engine from changing one cluster at the same time. A run is the engine's process: its providers, of
 * which there may be several, share the lock. A lock whose process is gone counts for nothing.
 */
export class RunLock {
  #held = false;

  /**
   * @param run the process id of the engine
   * @param onStale called once the lock of a run that died is taken over, with that run's process id
   */
  constructor(
    readonly file: string,
    readonly run: number,
    readonly onStale: (run: number) => void = () => undefined,
  ) {}

  /** Takes the lock, or makes sure that it is still there. @throws Locked where another living run has it */
  hold(): void {
    let died: number | undefined;
    for (let attempt = 0; attempt < 10; attempt++) {
      if (this.#take()) {
        if (died !== undefined) this.onStale(died);
        return;
      }
      const holder = this.#holder();
      if (holder === this.run) return;
      if (holder !== undefined && isAlive(holder)) throw new Locked(this.file, holder);
      died = holder ?? died;
      this.#clear();
    }
    throw new Locked(this.file, this.#holder() ?? 0);
  }

  /** Gives the lock back, if this process is the one that took it. */
  release(): void {
    if (!this.#held) return;
    this.#held = false;
    if (this.#holder() === this.run) remove(this.file);
  }

  #take(): boolean {
    if (this.#held) return this.#holder() === this.run;
    try {
      mkdirSync(dirname(this.file), { recursive: true });
      writeFileSync(this.file, String(this.run), { flag: "wx" });
      this.#held = true;
      return true;
    } catch (error) {
      // A full disk is not another run.
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
      return false;
    }
  }

  #holder(): number | undefined {
    return readHolder(this.file);
  }

  /** Moves a stale lock away before deleting it, so that of two runs that find it only one does. */
  #clear(): void {
    const aside = `${this.file}.${process.pid}.stale`;
    this.#held = false;
    try {
      renameSync(this.file, aside);
    } catch {
      return;
    }
    remove(aside);
  }
}

/** Where the lock of a cluster's runs is, in the sandbox's folder. */
export const lockFile = (directory: string, cluster: string): string =>
  join(directory, LOCKS, `${encodeURIComponent(cluster)}.lock`);
const LOCKS = "locks";

/** The locks of runs, and the marks of commands: of all clusters, or of one. */
export function locksOf(directory: string, cluster?: string): string[] {
  const folder = join(directory, LOCKS);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => cluster === undefined || clusterOf(name) === cluster).map((name) => join(folder, name));
}

/** The cluster that a lock is of. */
export const clusterOf = (lock: string): string => decodeURIComponent(basename(lock, ".lock").split("@")[0] ?? "");

/** Marks that this process works on a cluster, until it ends: a plan takes no lock, and must not lose its ground either. */
export function markBusy(directory: string, cluster: string): void {
  const file = join(directory, LOCKS, `${encodeURIComponent(cluster)}@${process.pid}.lock`);
  if (busy.has(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  for (const lock of locksOf(directory, cluster))
    if (lock.includes("@") && livingHolder(lock) === undefined) remove(lock);
  writeFileSync(file, String(process.pid));
  busy.add(file);
  process.once("exit", () => remove(file));
}
const busy = new Set<string>();

/** What tells the mark of an engine, which may outlive its command, from that of a command. */
const ENGINE = ".engine.lock";

/** Marks that an engine works on a cluster: it outlives a command that is killed. */
export function markEngine(directory: string, cluster: string, pid: number): void {
  writeFileSync(join(directory, LOCKS, `${encodeURIComponent(cluster)}@${pid}${ENGINE}`), String(pid));
}

/** Whether a lock is a command's mark, and not an engine's. */
export const isOfCommand = (lock: string): boolean => lock.includes("@") && !lock.endsWith(ENGINE);

/** The living run that holds a lock, by its process id; undefined where none does. */
export function livingHolder(file: string): number | undefined {
  const pid = readHolder(file);
  return pid !== undefined && isAlive(pid) ? pid : undefined;
}

/** Undefined where there is no lock (any more), or a crash left it empty. */
function readHolder(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Somebody else was quicker.
  }
}

/** Whether a process runs. One that ended and that nobody has taken note of yet, as in containers without an init, does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return !isZombie(pid);
}

function isZombie(pid: number): boolean {
  try {
    // The name stands in parentheses, and may hold some itself: proc(5).
    return /^.*\) Z /s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

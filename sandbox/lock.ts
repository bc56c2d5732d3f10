import { mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

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
    } catch {
      return false;
    }
  }

  /** Undefined where there is no lock (any more), or a crash left it empty. */
  #holder(): number | undefined {
    try {
      const pid = Number(readFileSync(this.file, "utf8"));
      return Number.isInteger(pid) && pid > 0 ? pid : undefined;
    } catch {
      return undefined;
    }
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

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch {
    // Somebody else was quicker.
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

/** Where the time of a command went, in milliseconds. */
export interface Timing {
  /** From the first line of the command to its result, without the time that a question was open. */
  readonly totalMs: number;
  /** While an engine ran and was waited for. */
  readonly engineMs: number;
}

/** Tells the engine's time from our own. */
export class Stopwatch {
  private readonly start = performance.now();
  private engine = 0;
  private idle = 0;

  async forEngine<T>(work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.engine += performance.now() - from;
    }
  }

  async forAnswer<T>(work: () => Promise<T>): Promise<T> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      this.idle += performance.now() - from;
    }
  }

  read(): Timing {
    return {
      totalMs: Math.round(performance.now() - this.start - this.idle),
      engineMs: Math.round(this.engine),
    };
  }
}

import type { EngineEvent, PlanSummary } from "../../commands/context.js";
import { cut, safeLine } from "../terminal/escape.js";
import { duration } from "../terminal/table.js";

/** Something that was done to a resource, or is still being done. */
export interface Done {
  readonly address: string;
  readonly sign: string;
  readonly word: string;
  readonly seconds: number;
  readonly failed: boolean;
  /** As in `3/12`; empty where it is not a step of its own. */
  readonly count: string;
}

const DOING: Readonly<Record<string, readonly [sign: string, now: string, then: string]>> = {
  create: ["+", "creating", "created"],
  update: ["~", "changing", "changed"],
  delete: ["-", "destroying", "destroyed"],
  read: ["?", "reading", "read"],
};
/** How many resources that are being worked on are listed. */
const LISTED = 8;

/** Keeps count of an apply: what is being worked on since when, and how much is done. */
export class ApplyTracker {
  private readonly start: number;
  private readonly running = new Map<string, { readonly since: number; readonly action: string }>();
  private readonly steps: number;
  private done = 0;
  private failed = 0;

  constructor(
    { counts }: PlanSummary,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = now();
    // A replacement is two steps.
    this.steps = counts.create + counts.update + counts.destroy + counts.replace * 2;
  }

  /** Takes an event in. @returns what is worth a line of its own */
  take(event: EngineEvent): Done | undefined {
    if (!("resource" in event) || !("elapsedSeconds" in event) || event.action === "read") return undefined;
    const { address } = event.resource;
    const [sign, now, then] = DOING[event.action] ?? ["·", event.action, event.action];
    const line = { address, sign, seconds: event.elapsedSeconds, failed: false };
    switch (event.type) {
      case "apply_start":
        this.running.set(address, { since: this.now(), action: event.action });
        return undefined;
      case "apply_progress":
        return { ...line, word: `still ${now}`, count: "" };
      case "apply_complete":
        this.running.delete(address);
        this.done++;
        return { ...line, word: then, count: `${this.done}/${this.steps}` };
      case "apply_errored":
        this.running.delete(address);
        this.failed++;
        return { ...line, sign: "!", word: "failed", failed: true, count: "" };
    }
  }

  /** What is going on right now. */
  lines(width: number): string[] {
    const running = [...this.running].map(([address, { since, action }]) => {
      const [sign, now] = DOING[action] ?? ["·", action];
      return cut(safeLine(`  ${sign} ${address} ${now} ${duration(this.now() - since)}`), width);
    });
    const more = running.length > LISTED ? [`  … and ${running.length - LISTED} more`] : [];
    return [...running.slice(0, LISTED), ...more, `  ${this.total()}`];
  }

  /** As in `12/40 done, 1 failed, 3.2 s`. */
  total(): string {
    const failed = this.failed > 0 ? `, ${this.failed} failed` : "";
    return `${this.done}/${this.steps} done${failed}, ${duration(this.now() - this.start)}`;
  }
}

import type { CommandHost, EngineEvent, FleetProgress, Progress, ServiceProgress } from "../../commands/context.js";
import { cut, safeLine } from "../terminal/escape.js";
import { LiveBlock } from "../terminal/live-block.js";
import type { Terminal } from "../terminal/terminal.js";
import { ApplyTracker } from "./apply-tracker.js";
import { showPlan } from "./plan.js";

/** Tells a person how a command goes on: drawn over itself on a terminal, line by line elsewhere. */
export class ProgressView implements CommandHost {
  private readonly block: LiveBlock | undefined;
  private tracker: ApplyTracker | undefined;
  private step = "";
  private readonly rollout = new Map<string, string>();

  constructor(
    private readonly terminal: Terminal,
    private readonly signal: AbortSignal,
  ) {
    this.block = terminal.live ? new LiveBlock(terminal) : undefined;
  }

  progress(event: Progress): void {
    switch (event.type) {
      case "step":
        this.step = this.terminal.style("dim", `${safeLine(event.text)} …`);
        if (this.block === undefined) this.terminal.progress(this.step);
        else this.block.start(() => this.draw());
        break;
      case "note":
        this.say(`note: ${safeLine(event.text)}`);
        break;
      case "plan":
        this.end();
        showPlan(event.cluster, event.summary, this.terminal);
        break;
      case "apply-start":
        this.step = "";
        this.tracker = new ApplyTracker(event.summary);
        this.block?.start(() => this.draw());
        break;
      case "engine":
        this.showEngine(event.event);
        break;
      case "apply-end":
        this.block?.stop();
        if (this.tracker !== undefined) this.terminal.progress(`  ${this.tracker.total()}`);
        this.tracker = undefined;
        break;
      case "rollout":
        this.showRollout(event.services);
        break;
      case "fleets":
        this.showFleets(event.fleets);
    }
  }

  confirm(question: string): Promise<boolean> {
    this.end();
    return this.terminal.confirm(question, this.signal);
  }

  get canAsk(): boolean {
    return this.terminal.canAsk;
  }

  ask(question: string): Promise<string> {
    this.end();
    return this.terminal.ask(question, this.signal);
  }

  /** Takes away what is drawn over itself. */
  end(): void {
    this.step = "";
    this.block?.stop();
  }

  /** A line that stays. */
  say(line: string): void {
    if (this.block === undefined) this.terminal.progress(line);
    else this.block.print(line);
  }

  private draw(): string[] {
    return this.tracker?.lines(this.terminal.width) ?? (this.step === "" ? [] : [this.step]);
  }

  /** A line for each service that fares otherwise than before. */
  private showRollout(services: readonly ServiceProgress[]): void {
    for (const { id, state, running, desired, error } of services) {
      const line = `  ${id} ${state} (${running}/${desired})${error === undefined ? "" : `: ${error}`}`;
      if (this.rollout.get(id) !== line) this.say(cut(safeLine(line), this.terminal.width));
      this.rollout.set(id, line);
    }
  }

  /** A line for each fleet whose VMs are otherwise than before. */
  private showFleets(fleets: readonly FleetProgress[]): void {
    for (const { id, healthy, desired, refresh, problem } of fleets) {
      const replaced = refresh === undefined ? "" : `, replacing VMs: ${refresh.state} ${refresh.percent} %`;
      const line = `  ${id} ${healthy}/${desired} VMs healthy${replaced}${problem === undefined ? "" : `: ${problem}`}`;
      if (this.rollout.get(`fleet ${id}`) !== line) this.say(cut(safeLine(line), this.terminal.width));
      this.rollout.set(`fleet ${id}`, line);
    }
  }

  private showEngine(event: EngineEvent): void {
    const { style, width } = this.terminal;
    if (event.type === "diagnostic" && event.diagnostic.severity === "warning") {
      const { summary, address } = event.diagnostic;
      this.say(style("yellow", cut(safeLine(`warning: ${summary}${address ? ` (${address})` : ""}`), width)));
    }
    const done = this.tracker?.take(event);
    if (done === undefined) return;
    const time = done.seconds > 0 ? ` (${done.seconds} s)` : "";
    const line = cut(safeLine(`  ${done.sign} ${done.address} ${done.word}${time}`), width - 10);
    this.say(done.failed ? style("red", line) : `${line} ${style("dim", done.count)}`.trimEnd());
  }
}

import type { Terminal } from "./terminal.js";

const EVERY = 100;

/** Lines at the end of the terminal that are drawn over themselves; what is printed goes above them. */
export class LiveBlock {
  private timer: NodeJS.Timeout | undefined;
  private lines: () => string[] = () => [];
  private drawn = 0;

  constructor(private readonly terminal: Terminal) {}

  start(lines: () => string[]): void {
    this.lines = lines;
    this.draw("");
    this.timer ??= setInterval(() => this.draw(""), EVERY).unref();
  }

  print(line: string): void {
    this.draw(`${line}\n`);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.lines = () => [];
    this.draw("");
  }

  /** Goes up to the first line of the block, wipes to the end, and writes anew: in one piece, so that nothing flickers. */
  private draw(above: string): void {
    const lines = this.lines();
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : "";
    const body = lines.map((line) => `${line}\n`).join("");
    if (this.drawn > 0 || lines.length > 0 || above !== "") this.terminal.draw(`${up}\r\u001b[0J${above}${body}`);
    this.drawn = lines.length;
  }
}

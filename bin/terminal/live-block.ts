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

  /**
   * Goes up to the first line of the block, and writes it again: in one piece, so that nothing flickers. Each line is wiped by itself:
   * where all is wiped from the top of the screen on, tmux keeps what was there in its history, at every tick.
   */
  private draw(above: string): void {
    const lines = this.lines();
    const written = [...(above === "" ? [] : above.replace(/\n$/, "").split("\n")), ...lines];
    const up = this.drawn > 0 ? `\u001b[${this.drawn}A` : "";
    const left = Math.max(0, this.drawn - written.length);
    const body = [...written, ...Array.from({ length: left }, () => "")].map((line) => `\r\u001b[2K${line}\n`).join("");
    const back = left > 0 ? `\u001b[${left}A` : "";
    if (body !== "") this.terminal.draw(`${up}${body}${back}`);
    this.drawn = lines.length;
  }
}

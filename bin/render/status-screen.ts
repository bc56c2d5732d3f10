import type { StatusResult } from "../../commands/status.js";
import type { LightfleetError } from "../../errors/error.js";
import { cut, safeLine } from "../terminal/escape.js";
import type { Terminal } from "../terminal/terminal.js";
import { errorToJson } from "./errors.js";
import { fit } from "./fit.js";
import { statusSections } from "./status.js";

const OPEN = "\u001b[?1049h\u001b[?25l";
const CLOSE = "\u001b[?25h\u001b[?1049l";

/**
 * Shows one status after the other: on one screen that is drawn anew, also when it is resized; elsewhere as it changes, in
 * JSON one document a line.
 */
export class StatusScreen {
  private drawn: { readonly result: StatusResult; readonly trouble: LightfleetError | undefined } | undefined;
  private said = "";
  private readonly redraw = (): void => this.draw();

  /** @param vms whether to list every VM of the sandbox as well */
  constructor(
    private readonly terminal: Terminal,
    private readonly vms = false,
  ) {}

  show(result: StatusResult, trouble?: LightfleetError): void {
    const { terminal } = this;
    if (terminal.json) {
      const error = trouble && { error: errorToJson(trouble) };
      return this.say(JSON.stringify({ ok: trouble === undefined, command: "status", ...result, ...error }));
    }
    if (!terminal.live) return this.say([...this.lines(result, trouble), ""].join("\n"));
    if (this.drawn === undefined) {
      terminal.draw(OPEN);
      process.stdout.on("resize", this.redraw);
    }
    this.drawn = { result, trouble };
    this.draw();
  }

  /** Gives the screen back, with what was seen last on it. */
  close(): void {
    if (this.drawn === undefined) return;
    process.stdout.off("resize", this.redraw);
    this.terminal.draw(CLOSE);
    this.lines(this.drawn.result, undefined).forEach((line) => this.terminal.result(line));
    this.drawn = undefined;
  }

  private say(text: string): void {
    if (text !== this.said) this.terminal.result(text);
    this.said = text;
  }

  private draw(): void {
    if (this.drawn === undefined) return;
    const { result, trouble } = this.drawn;
    this.terminal.draw(`\u001b[H\u001b[0J${this.lines(result, trouble).join("\n")}`);
  }

  private lines({ clusters }: StatusResult, trouble: LightfleetError | undefined): string[] {
    const { terminal } = this;
    const sections = clusters.flatMap((cluster) => statusSections(cluster, terminal, this.vms));
    const told =
      trouble === undefined
        ? []
        : [terminal.style("red", cut(safeLine(`looking again: ${trouble.message}`), terminal.width))];
    const { height } = terminal;
    return [...fit(sections, height === undefined ? undefined : Math.max(height - 1 - told.length, 3)), ...told];
  }
}

import { styleText } from "node:util";
import { LightfleetError } from "../../errors/error.js";

type Style = Parameters<typeof styleText>[0];

/** Where results, progress and errors go, and what the place can show. */
export interface Terminal {
  /** Whether results are one JSON document. */
  readonly json: boolean;
  /** Columns to write in; another number after a resize. */
  readonly width: number;
  /** Lines of the screen, where there is one. */
  readonly height?: number | undefined;
  /** Whether progress may be drawn over itself. */
  readonly live: boolean;
  /** A line of the result. */
  result(line: string): void;
  /** A line about the work. */
  progress(line: string): void;
  /** Text as it is, where progress goes. */
  draw(text: string): void;
  /** A line about what is wrong. */
  error(line: string): void;
  style(style: Style, text: string): string;
  /** @throws LF058 where nobody is there */
  confirm(question: string, signal: AbortSignal): Promise<boolean>;
  /** Whether somebody is there. */
  readonly canAsk: boolean;
  /** @throws LF058 where nobody is there */
  ask(question: string, signal: AbortSignal): Promise<string>;
}

/**
 * The terminal of this process. `NO_COLOR` and `FORCE_COLOR` are honoured.
 * @param document whether the result is a document, which progress stays out of: it goes to standard error
 */
export function openTerminal(json: boolean, env: NodeJS.ProcessEnv, document = json): Terminal {
  const stage = document ? process.stderr : process.stdout;
  const write = stage.write.bind(stage);
  const result = process.stdout.write.bind(process.stdout);
  const live = stage.isTTY === true && env["TERM"] !== "dumb" && (env["CI"] ?? "") === "";
  const color = wantsColor(stage.isTTY === true, env);
  return {
    json,
    live,
    get width() {
      return stage.isTTY === true ? Math.max(stage.columns || 80, 40) : 120;
    },
    get height() {
      return stage.isTTY === true ? stage.rows || 24 : undefined;
    },
    result: (line) => void result(`${line}\n`),
    progress: (line) => void write(`${line}\n`),
    draw: (text) => void write(text),
    error: (line) => void process.stderr.write(`${line}\n`),
    style: (style, text) => (color ? styleText(style, text, { validateStream: false }) : text),
    confirm: async (question, signal) => /^\s*y(es)?\s*$/i.test(await ask(`${question} [y/N] `, stage, signal)),
    canAsk: process.stdin.isTTY === true && stage.isTTY === true,
    ask: (question, signal) => ask(`${question}: `, stage, signal),
  };
}

function wantsColor(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  if ((env["FORCE_COLOR"] ?? "") !== "") return env["FORCE_COLOR"] !== "0";
  return isTerminal && env["TERM"] !== "dumb";
}

async function ask(question: string, output: NodeJS.WriteStream, signal: AbortSignal): Promise<string> {
  if (process.stdin.isTTY !== true || output.isTTY !== true) {
    throw new LightfleetError(`this needs an answer, and there is no terminal to ask at: ${question.trim()}`, {
      code: "LF058",
      kind: "config",
      hint: "say yes beforehand with --yes",
    });
  }
  const { createInterface } = await import("node:readline/promises");
  const lines = createInterface({ input: process.stdin, output });
  try {
    // Raw mode takes Ctrl-C away from the process: it is handed back.
    lines.on("SIGINT", () => process.emit("SIGINT"));
    const closed = new Promise<string>((done) => lines.once("close", () => done("")));
    return await Promise.race([lines.question(question, { signal }), closed]);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new LightfleetError("interrupted at the question, which counts as a no", {
      code: "LF071",
      kind: "aborted",
      cause: error,
    });
  } finally {
    lines.close();
  }
}

import type { Terminal } from "../../bin/terminal/terminal.js";

/** A terminal that remembers what was written to it. */
export interface RecordingTerminal extends Terminal {
  readonly results: string[];
  readonly progressed: string[];
  readonly errors: string[];
  readonly drawn: string[];
}

export function recordingTerminal(
  options: { width?: number; live?: boolean; answer?: boolean } = {},
): RecordingTerminal {
  const [results, progressed, errors, drawn]: [string[], string[], string[], string[]] = [[], [], [], []];
  return {
    ...{ results, progressed, errors, drawn },
    json: false,
    width: options.width ?? 80,
    live: options.live ?? false,
    result: (line) => void results.push(line),
    progress: (line) => void progressed.push(line),
    error: (line) => void errors.push(line),
    draw: (text) => void drawn.push(text),
    style: (_, text) => text,
    confirm: async () => options.answer ?? false,
    canAsk: options.answer !== undefined,
    ask: async () => "",
  };
}

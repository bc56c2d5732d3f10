import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { CommandContext } from "../context.js";
import { isWrittenSide, type WrittenSide } from "./snapshot.js";
import { isRecord } from "../../lib/records.js";

export interface SideRun {
  /** The command line's own file. */
  readonly cli: string;
  /** The project's folder. */
  readonly dir: string;
  /** Where it writes to. */
  readonly outdir: string;
  readonly date: string;
}

/** What running a side came to: what was written, or what is wrong, one line each. */
export type SideOutcome = { readonly written: WrittenSide } | { readonly failed: readonly string[] };

/** Runs a project's program in a process of its own, so that base and head run at the same time, each with its own packages. */
export async function runSide({ cli, dir, outdir, date }: SideRun, context: CommandContext): Promise<SideOutcome> {
  await mkdir(outdir, { recursive: true });
  const env = {
    ...context.env,
    PATH: context.env["PATH"] ?? `${dirname(process.execPath)}:/usr/bin:/bin`,
    CDKTF_OUTDIR: outdir,
  };
  const args = [cli, "preview-side", "-C", dir, "--date", date, "--json"];
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((done) => {
    const child = spawn(process.execPath, args, {
      cwd: dir,
      env,
      stdio: ["ignore", "pipe", "pipe"],
      signal: context.signal,
    });
    const [out, err]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    const end = (text: string): void =>
      done({ stdout: Buffer.concat(out).toString("utf8"), stderr: Buffer.concat(err).toString("utf8") + text });
    child.on("error", (error) => end(error.message));
    child.on("close", () => end(""));
  });
  const document = parse(stdout);
  return isWrittenSide(document) ? { written: document } : { failed: failures(document, stderr) };
}

/** Lines of an error that are told. */
const TOLD = 12;

function failures(document: unknown, stderr: string): string[] {
  const error = isRecord(document) && isRecord(document["error"]) ? document["error"] : {};
  const found = Array.isArray(error["findings"]) ? error["findings"].filter(isRecord) : [];
  const lines = [
    ...(typeof error["message"] === "string" ? [`${String(error["code"] ?? "")} ${error["message"]}`.trim()] : []),
    ...found.map(({ code, message, source, path }) => {
      const where = isRecord(source) ? `${String(source["file"])}:${String(source["line"])} ` : "";
      return `${where}${String(code)}${typeof path === "string" ? ` [${path}]` : ""} ${String(message)}`;
    }),
  ];
  const told = lines.length > 0 ? lines : stderr.trim().split("\n").slice(-5);
  return told.length > TOLD ? [...told.slice(0, TOLD), `and ${told.length - TOLD} more`] : told;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

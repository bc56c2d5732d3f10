import type { IConstruct } from "constructs";
import { LightfleetError, type Finding } from "../errors/error.js";
import type { ProgramErrorCode } from "../errors/catalog.js";
import { pathOf } from "./shown-path.js";
import { trace, type Capture } from "./source.js";

interface Problem extends Finding {
  readonly at: Capture;
}

/** What is wrong with a program, per tree: a program is read to its end, so that all mistakes are told in one go. */
const found = new WeakMap<IConstruct, Problem[]>();

/** Notes a mistake of the program at a construct; `at` is the call that made it. */
export function report(
  construct: IConstruct,
  at: Capture,
  code: ProgramErrorCode,
  message: string,
  hint?: string,
): void {
  const root = construct.node.root;
  const problems = found.get(root) ?? [];
  found.set(root, problems);
  problems.push({ code, message, path: pathOf(construct), at, ...(hint === undefined ? {} : { hint }) });
}

/** All that was noted in the tree of a construct, in the order of the program; what has no place in it comes last. */
export function problemsOf(construct: IConstruct): Finding[] {
  const findings = (found.get(construct.node.root) ?? []).map(({ at, ...finding }): Finding => {
    const source = trace(at);
    return source === undefined ? finding : { ...finding, source };
  });
  const files = [...new Set(findings.map(({ source }) => source?.file))];
  const place = ({ source }: Finding): number[] =>
    source === undefined ? [Infinity, 0, 0] : [files.indexOf(source.file), source.line, source.column];
  return findings.sort((a, b) => compare(place(a), place(b)));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((number, at) => number !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) < (b[index] ?? 0) ? -1 : 1;
}

/**
 * Ends the synthesis where anything was noted.
 * @throws LF040 with all findings
 */
export function throwProblems(construct: IConstruct): void {
  const findings = problemsOf(construct);
  if (findings.length === 0) return;
  const lines = findings.map(({ code, path, message, source, hint }) => {
    const where = source === undefined ? "" : `${source.file}:${source.line}:${source.column} `;
    const called = (source?.callers ?? []).map(({ file, line, column }) => `\n    called at ${file}:${line}:${column}`);
    return `  ${where}${code} [${path ?? ""}] ${message}${called.join("")}${hint === undefined ? "" : `\n    ${hint}`}`;
  });
  const count = findings.length === 1 ? "one mistake" : `${findings.length} mistakes`;
  throw new LightfleetError(`the program has ${count}:\n${lines.join("\n")}`, {
    code: "LF040",
    kind: "config",
    findings,
  });
}

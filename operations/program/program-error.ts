import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { LightfleetError, type SourceLocation } from "../../errors/error.js";

const FRAME = /(?:\(|at )((?:file:\/\/)?[^()]+?):(\d+):(\d+)\)?$/;

/**
 * What a program threw, as an error of ours: with name, message, and the line of the program where it came from. An
 * error of Lightfleet stays as it is.
 * @param bundle the file that was loaded, which stands for no line of the program
 */
export function toProgramError(thrown: unknown, dir: string, bundle: string): LightfleetError {
  if (LightfleetError.is(thrown)) return thrown;
  const source = thrown instanceof Error ? locateThrow(thrown, dir, bundle) : undefined;
  const text = thrown instanceof Error ? `${thrown.name}: ${withoutBundle(thrown.message, bundle)}` : String(thrown);
  const hint = hintFor(thrown);
  return new LightfleetError("the program failed", {
    code: "LF054",
    kind: "config",
    findings: [{ code: "LF054", message: text, ...(source && { source }), ...(hint && { hint }) }],
    cause: thrown,
  });
}

/** The innermost frame that is the user's own: not a package's, not Node's, not the bundle itself. */
function locateThrow(error: Error, dir: string, bundle: string): SourceLocation | undefined {
  for (const line of error.stack?.split("\n") ?? []) {
    const [, where = "", row, column] = FRAME.exec(line.trim()) ?? [];
    const file = where.startsWith("file://") ? fileURLToPath(where.replace(/\?.*/, "")) : where;
    const isFile = file.startsWith("/") || /^[A-Z]:\\/i.test(file);
    if (!isFile || file.startsWith(bundle) || file.includes(`${sep}node_modules${sep}`) || isOurs(file)) continue;
    const short = relative(dir, file);
    return { file: short.startsWith("..") ? file : short, line: Number(row), column: Number(column) };
  }
  return undefined;
}

const ROOT = packageRoot(dirname(fileURLToPath(import.meta.url)));
/** Where Lightfleet's own code is, built or not. Its examples are programs as any. */
const OWN = ["dist", "commands", "constructs", "model", "node", join("stacks", "aws"), "providers", "errors"];

function isOurs(file: string): boolean {
  return OWN.some((folder) => file.startsWith(`${join(ROOT, folder)}${sep}`));
}

function packageRoot(folder: string): string {
  const above = dirname(folder);
  return existsSync(join(folder, "package.json")) || above === folder ? folder : packageRoot(above);
}

function withoutBundle(message: string, bundle: string): string {
  return message.replaceAll(bundle, "the program");
}

function hintFor(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !("code" in thrown)) return undefined;
  if (thrown.code === "ERR_MODULE_NOT_FOUND") return "install what the program imports: 'npm install'";
  if (thrown.code === "ERR_UNKNOWN_FILE_EXTENSION")
    return "a package that the program imports exports TypeScript, which Node does not load from node_modules: link it, as a workspace, or let it export JavaScript";
  return undefined;
}

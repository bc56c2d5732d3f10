import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { bundleByApi, bundleByBinary, type BundleInput } from "./esbuild.js";
import { importsLinked } from "./linked-packages.js";
import { asksWhereItIs } from "./import-meta.js";

export interface Bundle {
  /** The bundle's file, absolute. Its source map leads to the program's own files. */
  readonly file: string;
  /** Changes with the content. */
  readonly hash: string;
}

/**
 * Makes one JavaScript module of a program, below `.lightfleet/cache` of its project. Packages stay outside.
 * @throws LF062 when there is no such file, LF053 when it cannot be read as a program
 */
export async function bundleProgram(input: BundleInput): Promise<Bundle> {
  const source = resolve(input.dir, input.file);
  if (!existsSync(source)) {
    throw new LightfleetError(`the program ${input.file}, which cdktf.json names as "app", does not exist`, {
      code: "LF062",
      kind: "config",
    });
  }
  const fast = await bundleByBinary({ ...input, file: source });
  const slow = fast === undefined || asksWhereItIs(fast) || importsLinked(fast, input.dir);
  const code = slow ? await bundleByApi({ ...input, file: source }) : fast;
  const content = withRequire(code, source);
  const file = join(input.dir, ".lightfleet", "cache", "program", `${nameOf(relative(input.dir, source))}.mjs`);
  await writeIfChanged(file, content);
  return { file, hash: createHash("sha256").update(content).digest("hex").slice(0, 12) };
}

/** CommonJS modules in the bundle may call `require` for packages; in a module there is none. */
function withRequire(code: string, source: string): string {
  if (!code.includes("__require(")) return code;
  const from = JSON.stringify(source);
  // On the first line, and without a line end, so that the source map stays right.
  return `import{createRequire as __lightfleet_require}from"node:module";globalThis.require??=__lightfleet_require(${from});${code}`;
}

function nameOf(path: string): string {
  return basename(path).replace(/\.[^.]+$/, "") + `-${createHash("sha256").update(path).digest("hex").slice(0, 6)}`;
}

async function writeIfChanged(file: string, content: string): Promise<void> {
  if ((await readFile(file, "utf8").catch(() => undefined)) === content) return;
  await mkdir(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, file);
}

import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BuildFailure, BuildOptions, Location, Message } from "esbuild";
import { LightfleetError, type Finding } from "../../errors/error.js";
import { linkedPackages, SHARED } from "./linked-packages.js";
import { metaPlugin, META_NAMES } from "./import-meta.js";

export interface BundleInput {
  /** The project's folder, absolute. */
  readonly dir: string;
  /** The program's file, relative to the folder or absolute. */
  readonly file: string;
}

const OUTSIDE = SHARED.flatMap((name) => [name, `${name}/*`]);

const optionsOf = ({ dir }: BundleInput) =>
  ({
    format: "esm",
    platform: "node",
    target: "node20.19",
    charset: "utf8",
    sourcemap: "inline",
    sourcesContent: false,
    sourceRoot: `${pathToFileURL(dir).href}/`,
    logLevel: "silent",
  }) as const satisfies BuildOptions;

/**
 * Bundles with esbuild's native binary, without its JavaScript side, which takes longer to load than the bundling.
 * @returns undefined where there is no such binary, or where it fails: {@link bundleByApi} then says why
 */
export async function bundleByBinary(input: BundleInput): Promise<string | undefined> {
  const binary = findBinary();
  if (binary === undefined) return undefined;
  // Not terraform/process.ts: what that is made of loads for longer than esbuild runs.
  return new Promise((done) => {
    const child = spawn(binary, argsOf(input), { cwd: input.dir, stdio: ["ignore", "pipe", "ignore"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", () => done(undefined));
    child.on("close", (code) => done(code === 0 ? Buffer.concat(chunks).toString("utf8") : undefined));
  });
}

/**
 * Bundles with esbuild's API: slower, but it can say what is wrong, can give each module its own `import.meta`, and takes in what
 * linked packages have in TypeScript.
 * @throws LF053 with a finding per mistake
 */
export async function bundleByApi(input: BundleInput): Promise<string> {
  const { build } = await import("esbuild");
  try {
    const result = await build({
      ...optionsOf(input),
      absWorkingDir: input.dir,
      entryPoints: [input.file],
      bundle: true,
      external: OUTSIDE,
      // Node knows no condition "module".
      conditions: [],
      define: META_NAMES,
      plugins: [linkedPackages(input.dir), metaPlugin],
      outfile: join(input.dir, "program.mjs"),
      write: false,
    });
    return result.outputFiles?.[0]?.text ?? "";
  } catch (cause) {
    if (!isBuildFailure(cause)) throw cause;
    const findings = cause.errors.map(toFinding);
    throw new LightfleetError("the program cannot be read", { code: "LF053", kind: "config", findings, cause });
  }
}

function argsOf(input: BundleInput): string[] {
  const flags = Object.entries(optionsOf(input)).map(([name, value]) => `--${kebab(name)}=${value}`);
  return [input.file, "--bundle", "--packages=external", ...OUTSIDE.map((name) => `--external:${name}`), ...flags];
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The native binary of the esbuild that we depend on, where its package is installed. */
export function findBinary(): string | undefined {
  const name = `@esbuild/${process.platform}-${process.arch}`;
  try {
    const esbuild = createRequire(import.meta.url).resolve("esbuild/package.json");
    const folder = dirname(createRequire(esbuild).resolve(`${name}/package.json`));
    return join(folder, process.platform === "win32" ? "esbuild.exe" : join("bin", "esbuild"));
  } catch {
    return undefined;
  }
}

function toFinding({ text, location, notes }: Message): Finding {
  const message = text.charAt(0).toLowerCase() + text.slice(1);
  const hint = notes
    .map((note) => `${note.text}${note.location === null ? "" : ` ${placeOf(note.location)}`}`)
    .join(" ");
  return {
    code: "LF053",
    message,
    ...(location === null ? {} : { source: { file: location.file, line: location.line, column: location.column + 1 } }),
    ...(hint === "" ? {} : { hint }),
  };
}

function placeOf({ file, line, column }: Location): string {
  return `${file}:${line}:${column + 1}`;
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && "errors" in error && Array.isArray(error.errors);
}

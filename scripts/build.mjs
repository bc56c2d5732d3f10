#!/usr/bin/env node
/**
 * Builds what users run, into dist/:
 *   index.js           the library; packages stay outside, so that a program shares one cdktf with it
 *   bin/lightfleet.js  the CLI, small libraries inside, one chunk per command, so that --help loads little
 *   sandbox/           the embedded cloud: one CommonJS file that Terraform starts as its provider, and its tables
 *   types/             declarations (skipped with --quick)
 * A part whose inputs did not change is left alone; files are replaced atomically, and only where they differ.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const quick = process.argv.includes("--quick");
process.chdir(root);

/** Size and time of a file: what a stamp remembers of each input. */
const mark = (path) => {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? "absent" : `${stat.size}:${stat.mtimeMs}`;
};

const stampOf = (part) => join(dist, ".stamps", `${part}.json`);

const isFresh = (part) => {
  if (!existsSync(stampOf(part))) return false;
  const { inputs, outputs } = JSON.parse(readFileSync(stampOf(part), "utf8"));
  return (
    Object.entries(inputs).every(([path, seen]) => mark(path) === seen) && outputs.every((path) => existsSync(path))
  );
};

const writeAtomically = (path, bytes) => {
  if (existsSync(path) && readFileSync(path).equals(Buffer.from(bytes))) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, bytes);
  renameSync(temporary, path);
};

const writeStamp = (part, inputs, outputs) => {
  const before = existsSync(stampOf(part)) ? JSON.parse(readFileSync(stampOf(part), "utf8")).outputs : [];
  for (const stale of before) if (!outputs.includes(stale)) rmSync(stale, { force: true });
  const marks = Object.fromEntries(["scripts/build.mjs", "package.json", ...inputs].map((path) => [path, mark(path)]));
  writeAtomically(stampOf(part), JSON.stringify({ inputs: marks, outputs }));
};

/** Bundles one entry point; answers its inputs and outputs. `write: false`, so that no half-written file is ever seen. */
const bundle = async (options) => {
  const esbuild = await import("esbuild");
  const result = await esbuild.build({
    bundle: true,
    platform: "node",
    target: "node20.19",
    logLevel: "warning",
    legalComments: "none",
    sourcemap: false,
    absWorkingDir: root,
    ...options,
    write: false,
    metafile: true,
  });
  const outputs = result.outputFiles.map(({ path, contents }) => {
    writeAtomically(path, contents);
    return relative(root, path);
  });
  return { inputs: Object.keys(result.metafile.inputs).filter((path) => existsSync(path)), outputs };
};

// A CommonJS bundle or package inside an ES module calls `require`.
const requireHere =
  'import{createRequire as createRequireHere}from"node:module";const require=createRequireHere(import.meta.url);';

/**
 * Takes cdktf with `require`: importing it makes Node read all of its files twice, once to find the names that they
 * export, which is a third of the library's whole load time. It is the same copy of cdktf either way.
 */
const cdktfByRequire = {
  name: "cdktf-by-require",
  setup(build) {
    build.onResolve({ filter: /^(cdktf|constructs)(\/|$)/ }, ({ kind, path }) => {
      if (kind !== "import-statement") return { path, external: true };
      return path === "cdktf" ? { path: join(root, "constructs/load-cdktf.cjs") } : { path, namespace: "by-require" };
    });
    build.onLoad({ filter: /.*/, namespace: "by-require" }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(path)});`,
    }));
  },
};

const library = () =>
  bundle({
    entryPoints: ["index.ts"],
    outdir: "dist",
    format: "esm",
    packages: "external",
    minifySyntax: true,
    plugins: [cdktfByRequire],
    banner: { js: requireHere },
  });

const cli = async () => {
  const built = await bundle({
    entryPoints: ["bin/lightfleet.ts"],
    outdir: "dist/bin",
    chunkNames: "chunks/[name]-[hash]",
    format: "esm",
    splitting: true,
    minify: true,
    external: ["cdktf", "constructs", "esbuild"],
    // The SDKs as ES modules, of which only what is called is taken: a twentieth of them, which loads in no time.
    mainFields: ["module", "main"],
    banner: { js: requireHere },
  });
  chmodSync("dist/bin/lightfleet.js", 0o755);
  return built;
};

const sandbox = async () => {
  const provider = await bundle({
    entryPoints: { "terraform-provider-aws": "sandbox/provider.ts" },
    outdir: "dist/sandbox",
    outExtension: { ".js": ".cjs" },
    format: "cjs",
    minify: true,
    charset: "utf8",
  });
  chmodSync("dist/sandbox/terraform-provider-aws.cjs", 0o755);
  const tables = await sandboxTables();
  return { inputs: [...provider.inputs, ...tables.inputs], outputs: [...provider.outputs, ...tables.outputs] };
};

/** The provider's schema is encoded here, once, and not by each process that Terraform starts. */
const sandboxTables = async () => {
  const inputs = ["providers/aws/schema.json", "providers/aws/facts.json"].filter((path) => existsSync(path));
  if (inputs[0] !== "providers/aws/schema.json") return { inputs, outputs: [] };
  const compiler = await bundle({
    entryPoints: ["sandbox/compile.ts"],
    outfile: "dist/.stamps/compile.mjs",
    format: "esm",
  });
  const { compileTables } = await import(pathToFileURL(join(dist, ".stamps/compile.mjs")));
  const [schema, facts = { types: {} }] = inputs.map((path) => JSON.parse(readFileSync(path, "utf8")));
  const outputs = [];
  for (const [name, bytes] of Object.entries(compileTables(schema, facts))) {
    writeAtomically(join(dist, "sandbox", name), bytes);
    outputs.push(`dist/sandbox/${name}`);
  }
  return { inputs: [...inputs, ...compiler.inputs], outputs: [...outputs, ...compiler.outputs] };
};

const sources = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|json)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));

const declarations = () => {
  const done = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  if (done.status !== 0) throw new Error("tsc failed");
  const folders = ["errors", "model", "constructs", "checks", "node", "stacks", "providers"].filter((folder) =>
    existsSync(folder),
  );
  return {
    inputs: ["index.ts", "tsconfig.json", "tsconfig.build.json", ...folders.flatMap(sources)],
    outputs: ["dist/types/index.d.ts"],
  };
};

const parts = [
  { name: "library", entry: "index.ts", run: library },
  { name: "cli", entry: "bin/lightfleet.ts", run: cli },
  { name: "sandbox", entry: "sandbox/provider.ts", run: sandbox },
  ...(quick ? [] : [{ name: "types", entry: "index.ts", run: declarations }]),
];

let failed = false;
for (const { name, entry, run } of parts) {
  if (!existsSync(entry)) {
    console.error(`build: ${name} skipped: ${entry} is not there yet`);
    continue;
  }
  if (isFresh(name)) continue;
  try {
    const { inputs, outputs } = await run();
    writeStamp(name, inputs, outputs);
    const hash = createHash("sha256");
    for (const path of outputs) hash.update(readFileSync(path));
    console.error(`build: ${name} (${outputs.length} files, ${hash.digest("hex").slice(0, 8)})`);
  } catch (error) {
    failed = true;
    console.error(`build: ${name} failed: ${error instanceof Error ? error.message : error}`);
  }
}
process.exitCode = failed ? 1 : 0;

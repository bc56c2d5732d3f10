#!/usr/bin/env node
/**
 * Synthesizes the examples with cdktf and with its maintained fork, and compares what was written, byte for byte.
 * The fork is installed as a user would do it: under the name cdktf, in a folder of its own, beside the built library.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const FORK = "npm:cdktn@~0.24.0";
const EXAMPLES = ["shop", "minimal"];

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(import.meta.url);
const run = promisify(execFile);
const json = async (path) => JSON.parse(await readFile(path, "utf8"));

/** A folder with the built library, its packages, and the cdktf that `provide` puts there. */
async function workshop(dir, provide) {
  const packages = join(dir, "node_modules");
  await mkdir(packages, { recursive: true });
  await provide(dir);
  const { dependencies } = await json(join(root, "package.json"));
  for (const name of Object.keys(dependencies).filter((name) => !["cdktf", "constructs"].includes(name))) {
    await mkdir(dirname(join(packages, name)), { recursive: true });
    await symlink(join(root, "node_modules", name), join(packages, name), "dir");
  }
  await mkdir(join(packages, "lightfleet"));
  await cp(join(root, "package.json"), join(packages, "lightfleet", "package.json"));
  await cp(join(root, "dist"), join(packages, "lightfleet", "dist"), { recursive: true });
  for (const example of EXAMPLES) await build(programOf(dir, example));
  return dir;
}

const programOf = (dir, example) => ({
  entryPoints: [join(root, "examples", example, "main.ts")],
  outfile: join(dir, `${example}.mjs`),
  bundle: true,
  format: "esm",
  platform: "node",
  packages: "external",
  logLevel: "warning",
});

async function linkOwn(dir) {
  for (const name of ["cdktf", "constructs"])
    await symlink(join(root, "node_modules", name), join(dir, "node_modules", name), "dir");
}

/** With the constructs that this repository is locked to, so that the fork is all that differs. */
async function installFork(dir) {
  const { version } = require("constructs/package.json");
  await writeFile(
    join(dir, "package.json"),
    JSON.stringify({ private: true, dependencies: { cdktf: FORK, constructs: version } }),
  );
  await run("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: dir });
}

/** What an example writes, by path. */
async function written(dir, example) {
  const outdir = join(dir, `${example}.out`);
  await run(process.execPath, [join(dir, `${example}.mjs`)], {
    cwd: dir,
    env: { ...process.env, CDKTF_OUTDIR: outdir },
  });
  const entries = await readdir(outdir, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && ["cdk.tf.json", "model.json"].includes(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (file) => [relative(outdir, file), await readFile(file, "utf8")])));
}

/** The first line that differs, as text for a person; undefined where none does. */
function difference(name, ours, theirs) {
  if (ours === theirs) return undefined;
  if (ours === undefined || theirs === undefined) return `${name} is written by one of the two alone`;
  const [a, b] = [ours, theirs].map((text) => text.split("\n"));
  const line = a.findIndex((text, index) => text !== b[index]);
  return `${name}, line ${line + 1}:\n  cdktf  ${a[line]}\n  fork   ${b[line]}`;
}

const dir = await mkdtemp(join(tmpdir(), "lightfleet-cdktn-"));
try {
  const [ours, theirs] = await Promise.all([
    workshop(join(dir, "cdktf"), linkOwn),
    workshop(join(dir, "fork"), installFork),
  ]);
  const fork = await json(join(theirs, "node_modules/cdktf/package.json"));
  const { version } = require("cdktf/package.json");
  const differences = [];
  let compared = 0;
  for (const example of EXAMPLES) {
    const [a, b] = await Promise.all([written(ours, example), written(theirs, example)]);
    if (a.size !== 2) differences.push(`${basename(example)} wrote ${a.size} files in place of 2`);
    for (const name of new Set([...a.keys(), ...b.keys()])) {
      compared += 1;
      const found = difference(`${example}: ${name}`, a.get(name), b.get(name));
      if (found !== undefined) differences.push(found);
    }
  }
  const pair = `cdktf ${version} and ${fork.name} ${fork.version}`;
  if (differences.length === 0) console.log(`${pair} write the same ${compared} files for ${EXAMPLES.join(" and ")}`);
  else console.error(`${pair} differ:\n${differences.join("\n")}`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} finally {
  await rm(dir, { recursive: true, force: true });
}

import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import type { Variant } from "./release.js";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** What a version of Lightfleet writes for the lab's cluster. */
export interface Version {
  /** Of the fleets of examples/shop, by their names, as base64. */
  readonly userData: Readonly<Record<string, string>>;
  /** What only the leading manager runs, and its sha256. */
  readonly programs: { readonly text: string; readonly digest: string };
  /** Of the variants that were asked for, in their order. */
  readonly releases: readonly string[];
}

/** What an earlier version is asked: by modules that it has, so that a change here asks no more of it. */
const ENTRY = `
import { examples } from "./test/program/examples.js";
import { resourceAt, textAt } from "./test/program/document.js";
import { leaderPrograms } from "./node/programs.js";
import { release } from "./test/nodes/release.js";
const { document } = await examples.find(({ name }) => name === "shop").run();
const fleets = ["control", "core", "load"];
const userData = fleets.map((fleet) => [fleet, textAt(resourceAt(document, "aws_launch_template." + fleet), "user_data")]);
const variants = JSON.parse(process.env.VARIANTS);
const written = {
  userData: Object.fromEntries(userData),
  programs: leaderPrograms(),
  releases: variants.map((variant) => release(variant).text),
};
process.stdout.write("\\n" + JSON.stringify(written) + "\\n");
`;

/** Why a commit cannot be read here; undefined where it can. */
export const whyNotAt = (commit: string): Promise<string | undefined> =>
  run("git", ["cat-file", "-e", `${commit}^{commit}`], { cwd: ROOT }).then(
    () => undefined,
    () => `the commit ${commit.slice(0, 7)} is not in this clone`,
  );

/** What the tree of a commit writes, with this checkout's packages. */
export async function versionAt(commit: string, variants: readonly Variant[]): Promise<Version> {
  const tree = await mkdtemp(join(tmpdir(), "lightfleet-version-"));
  try {
    const archive = join(tree, "tree.tar");
    await run("git", ["archive", "--output", archive, commit], { cwd: ROOT });
    await run("tar", ["-xf", archive, "-C", tree]);
    await symlink(join(ROOT, "node_modules"), join(tree, "node_modules"), "dir");
    const outfile = join(tree, "version.mjs");
    await build({
      stdin: { contents: ENTRY, resolveDir: tree, loader: "ts" },
      ...{ bundle: true, platform: "node", format: "esm", outfile, logLevel: "warning" },
      packages: "external",
      alias: { lightfleet: join(tree, "index.ts") },
      // Modules find files beside themselves.
      define: { "import.meta.url": JSON.stringify(new URL(`file://${join(tree, "test/nodes/version.ts")}`).href) },
    });
    const env = { ...process.env, VARIANTS: JSON.stringify(variants) };
    const { stdout } = await run(process.execPath, [outfile], { cwd: tree, env, maxBuffer: 64 << 20 });
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "") as Version;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

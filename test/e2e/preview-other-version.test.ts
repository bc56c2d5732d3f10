import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { installLightfleet, program, tempDir } from "../commands/project.js";
import { commit } from "../commands/repository.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const manifest = z
  .looseObject({ files: z.array(z.string()), dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));

/** What {@link installLightfleet} lays out by itself. */
const SHARED = ["cdktf", "constructs"];

test("a base with another Lightfleet has its own installed; where that fails, the change is blocked until somebody accepts it", async () => {
  // Libraries lie above the repository, so that no registry is asked.
  const above = await tempDir();
  await installLightfleet(
    above,
    Object.keys(manifest.dependencies).filter((name) => !SHARED.includes(name)),
  );
  const dir = join(above, "shop");
  mkdirSync(dir);
  const files = { "main.ts": program("shop"), "cdktf.json": '{"app":"main.ts"}', ".gitignore": "node_modules\n" };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  mkdirSync(join(dir, "packages"));
  await pack("0.0.9", join(dir, "packages"));
  use(dir, "0.0.9");
  commit(dir);

  // Head has another lock file, and packages that are installed already.
  writeFileSync(join(dir, "main.ts"), program("shop", { image: "web:2" }));
  await pack("0.0.10", join(dir, "packages"));
  use(dir, "0.0.10");
  const { exitCode, document } = await cliJson(dir, ["preview", "--exit-code"]);
  expect({ exitCode, document }).toMatchObject({
    exitCode: 2,
    document: { base: { state: "read", notes: [] }, clusters: [{ status: "kept", counts: { roll: 1 } }] },
  });

  // A base whose lock file is of no use: with what the working tree has, it would be what head makes of it.
  writeFileSync(join(dir, "package-lock.json"), JSON.stringify({ lockfileVersion: 3, packages: {} }));
  commit(dir, "another lock file");
  use(dir, "0.0.10");
  const failed = await cliJson(dir, ["preview", "--base", "HEAD"]);
  expect(failed.document).toMatchObject({
    verdict: "blocked",
    base: { state: "failed", withheld: true, notes: [expect.stringContaining("(package-lock.json)")] },
  });
  const [, code = ""] = /its notes say why\): ([0-9a-f]{12})/.exec(JSON.stringify(failed.document)) ?? [];
  const accepted = await cliJson(dir, ["preview", "--base", "HEAD", "--accept", `${code}=agreed`]);
  expect(accepted.document).toMatchObject({ verdict: "attention", idle: [] });
});

const npm = (cwd: string, ...args: readonly string[]): void =>
  void execFileSync("npm", [...args, "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], {
    cwd,
    stdio: "pipe",
  });

/** Packs this checkout as another version; its libraries are found where the project has them, so that no registry is asked. */
async function pack(version: string, into: string): Promise<void> {
  const stage = await tempDir();
  const { files } = manifest;
  for (const name of files.filter((file) => !/[*!]/.test(file))) {
    mkdirSync(dirname(join(stage, name)), { recursive: true });
    cpSync(join(ROOT, name), join(stage, name), { recursive: true });
  }
  const own = { ...manifest, version, dependencies: {}, devDependencies: {}, peerDependencies: {}, scripts: {} };
  writeFileSync(join(stage, "package.json"), JSON.stringify(own));
  npm(stage, "pack", "--pack-destination", into);
}

/** Writes the project's manifest and a lock file for it. */
function use(dir: string, version: string): void {
  const dependencies = { lightfleet: `file:packages/lightfleet-${version}.tgz` };
  writeFileSync(join(dir, "package.json"), JSON.stringify({ type: "module", dependencies }));
  npm(dir, "install", "--package-lock-only");
}

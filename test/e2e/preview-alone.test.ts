import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, readlinkSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { expect, test } from "vitest";
import { BIN, pathWithoutEngine } from "../commands/cli.js";
import { program, tempDir } from "../commands/project.js";
import { repository } from "../commands/repository.js";

/** Why there is no network to be cut here; undefined where there is. */
const why =
  process.getuid?.() === 0
    ? spawnSync("unshare", ["-n", "true"]).status === 0
      ? undefined
      : "'unshare -n' does not work here"
    : "a network namespace needs the superuser";
if (why !== undefined) console.log(`skipped: ${why}`);

test.skipIf(why !== undefined)("with the network cut and nothing but a PATH, the output alone is left", async () => {
  const dir = await repository(program("shop"));
  writeFileSync(join(dir, "main.ts"), program("shop", { image: "web:2" }));
  const watched = await tempDir();
  for (const name of ["home", "tmp"]) mkdirSync(join(watched, name));
  const before = [...listing(dir), ...listing(watched)];

  const alone = (env: Record<string, string>, ...args: readonly string[]) =>
    spawnSync("unshare", ["-n", process.execPath, BIN, "preview", ...args], { cwd: dir, encoding: "utf8", env });
  const path = { PATH: pathWithoutEngine() };
  const bare = alone(path, "--exit-code", "--json");
  expect({ status: bare.status, said: bare.stderr }).toMatchObject({ status: 2 });
  expect(JSON.parse(bare.stdout)).toMatchObject({
    base: { state: "read" },
    head: { state: "read" },
    clusters: [{ cluster: "shop", counts: { roll: 1 } }],
  });
  const places = { HOME: join(watched, "home"), TMPDIR: join(watched, "tmp") };
  const written = alone({ ...path, ...places }, "--format", "markdown", "-o", "preview.md");
  expect({ status: written.status, said: written.stderr }).toMatchObject({ status: 0 });

  const after = [...listing(dir), ...listing(watched)];
  expect(after.filter((entry) => !before.includes(entry) && !entry.startsWith("preview.md "))).toEqual([]);
  expect(before.filter((entry) => !after.includes(entry))).toEqual([]);
  expect(readFileSync(join(dir, "preview.md"), "utf8")).toContain("web");
});

/** Every file below a folder with what is in it, but for the cache. */
function listing(top: string): string[] {
  return readdirSync(top, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const file = join(entry.parentPath, entry.name);
    const path = relative(top, file);
    // Where each run has a folder while it lasts.
    if (/^\.lightfleet(\/|$)/.test(path) || /^home\/\.cache(\/lightfleet(\/preview)?)?$/.test(path)) return [];
    if (entry.isSymbolicLink()) return [`${path} -> ${readlinkSync(file)}`];
    if (!entry.isFile()) return [`${path}/`];
    return [`${path} ${createHash("sha256").update(readFileSync(file)).digest("hex")}`];
  });
}

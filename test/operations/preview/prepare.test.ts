import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { prepare } from "../../../operations/preview/prepare.js";
import { LightfleetError } from "../../../errors/error.js";
import { tempDir } from "../../commands/project.js";
import { commit, git } from "../../commands/repository.js";

/** A folder with files, in a repository with one commit. */
async function repository(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await tempDir();
  const all = { "cdktf.json": "{}", ".gitignore": "node_modules\n.lightfleet\n", ...files };
  for (const [name, text] of Object.entries(all)) write(join(dir, name), text);
  commit(dir);
  return dir;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const host = { progress: () => undefined, confirm: async () => false, canAsk: false, ask: async () => "" };
const { PATH } = process.env;
const sides = (dir: string, refs: { base?: string; head?: string } = {}, env: NodeJS.ProcessEnv = {}) =>
  prepare(
    { base: refs.base, head: refs.head },
    { dir, env: { PATH, ...env }, signal: new AbortController().signal, host },
  );
const refusal = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => "nothing was refused",
    (error: unknown) => (LightfleetError.is(error) ? [error.code, error.hint?.includes("shallow")] : error),
  );

test("a new repository has no base, and one that is named there is refused", async () => {
  const dir = await repository({});
  rmSync(join(dir, ".git"), { recursive: true });
  git(dir, "init", "-q");
  expect((await sides(dir)).base).toMatchObject({ notes: [expect.stringContaining("no commit yet")], dir: undefined });
  expect(await refusal(sides(dir, { base: "main" }))).toEqual(["LF651", false]);
});

test("what Lightfleet writes itself is no change that is not committed, whether git ignores it or not", async () => {
  const dir = await repository({ ".gitignore": "", "infra/cdktf.json": "{}" });
  const head = async () => (await sides(dir)).head.ref;
  for (const name of [".lightfleet/cache/a", "cdktf.out/manifest.json", "infra/.lightfleet/b", "infra/cdktf.out/c"])
    write(join(dir, name), "");
  expect(await head()).not.toContain("not committed");
  write(join(dir, "infra/cdktf.output"), "");
  expect(await head()).toContain("not committed");
  git(dir, "add", "-Af", ".");
  git(dir, "commit", "-qm", "all of it");
  expect(await head()).not.toContain("not committed");
  write(join(dir, "cdktf.out/manifest.json"), "changed, and in git");
  expect(await head()).toContain("not committed");
});

test("a side without a project says what follows", async () => {
  const dir = await repository({ "infra/cdktf.json": "{}" });
  git(dir, "rm", "-q", "-r", "infra");
  git(dir, "commit", "-qm", "gone");
  mkdirSync(join(dir, "infra"));
  const infra = join(dir, "infra");
  const removed = await sides(infra, { base: "main~1", head: "main" });
  expect(removed.head).toMatchObject({
    dir: undefined,
    notes: ["there is no cdktf.json in infra: all is shown as removed"],
  });
  const added = await sides(infra, { base: "main", head: "main~1" });
  expect(added.base.notes).toEqual(["there is no cdktf.json in infra: all is shown as new"]);
});

test("packages of the repository itself are the base's own, and those that are built are the working tree's", async () => {
  const dir = await repository({
    "shared/package.json": '{"name":"@acme/shared","exports":{"default":"./index.js"}}',
    "shared/index.js": "1",
    "built/package.json": '{"main":"out.js"}',
  });
  write(join(dir, "built/out.js"), "");
  write(join(dir, "node_modules/other/index.js"), "");
  mkdirSync(join(dir, "node_modules/@acme"));
  symlinkSync("../../shared", join(dir, "node_modules/@acme/shared"), "dir");
  symlinkSync("../built", join(dir, "node_modules/built"), "dir");
  writeFileSync(join(dir, "shared/index.js"), "2");
  const { base } = await sides(dir);
  expect(base.notes).toEqual(["the package built is built, and not in git as it runs: it ran with the working tree's"]);
  expect(readFileSync(join(base.dir ?? "", "node_modules/@acme/shared/index.js"), "utf8")).toBe("1");
  expect(readFileSync(join(base.dir ?? "", "node_modules/built/out.js"), "utf8")).toBe("");
});

test("a tree that ran with packages of the working tree is made anew once their lock file is another", async () => {
  const dir = await repository({ "yarn.lock": "one" });
  mkdirSync(join(dir, "node_modules"));
  const base = async () => (await sides(dir, { base: "main" })).base;
  expect((await base()).notes).toEqual([]);
  writeFileSync(join(dir, "yarn.lock"), "two");
  expect((await base()).notes).toEqual([expect.stringContaining("its packages differ (yarn.lock)")]);
  writeFileSync(join(dir, "yarn.lock"), "one");
  expect((await base()).notes).toEqual([]);
});

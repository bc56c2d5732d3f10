import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { withoutCheckout } from "../../../operations/preview/git.js";
import { prepare } from "../../../operations/preview/prepare.js";
import { makeScratch } from "../../../operations/preview/scratch.js";
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
const sides = async (dir: string, refs: { base?: string; head?: string } = {}, env: NodeJS.ProcessEnv = {}) =>
  prepare(
    { base: refs.base, head: refs.head, scratch: await tempDir() },
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

test("a built package whose source head changes leaves no base to be run", async () => {
  const dir = await repository({ "built/package.json": '{"main":"out.js"}', "built/source.ts": "1" });
  write(join(dir, "built/out.js"), "");
  mkdirSync(join(dir, "node_modules"));
  symlinkSync("../built", join(dir, "node_modules/built"), "dir");
  const base = async () => (await sides(dir, { base: "main" })).base;
  expect(await base()).toMatchObject({ withheld: [], notes: [expect.stringContaining("the working tree's")] });
  write(join(dir, "built/source.ts"), "2");
  expect((await base()).withheld).toEqual([expect.stringContaining("the package built is built")]);
});

test("packages of the working tree are the base's where all that an install is made from is the same", async () => {
  const dir = await repository({ "yarn.lock": "one", ".yarnrc": "", "package.json": '{"dependencies":{"a":"1"}}' });
  write(join(dir, "node_modules/a/index.js"), "head's");
  const bare = emptyPath(dir);
  const base = async () => (await sides(dir, { base: "main" }, { PATH: bare })).base;
  const isLinked = async (): Promise<boolean> => existsSync(join((await base()).dir ?? "", "node_modules/a"));
  expect(await isLinked()).toBe(true);
  write(join(dir, "package.json"), '{"dependencies":{"a":"1"},"scripts":{"test":"vitest"},"version":"2"}');
  expect(await isLinked()).toBe(true);
  const changes: Record<string, string> = {
    ...{ "yarn.lock": "two", ".yarnrc": "registry evil", "package.json": '{"dependencies":{"a":"npm:evil"}}' },
    ...{ ".npmrc": "registry=evil", "patches/a.patch": "", "pnpm-lock.yaml": "", "node_modules/a/index.js": "in git" },
  };
  for (const [name, text] of Object.entries(changes)) {
    write(join(dir, name), text);
    git(dir, "add", "-f", name);
    expect({ name, ...(await base()) }).toMatchObject({
      ...{ name, withheld: [expect.stringMatching(/are not those of the working tree .*yarn is not installed/)] },
    });
    git(dir, "reset", "-q", "--hard");
    write(join(dir, "node_modules/a/index.js"), "head's");
  }
  expect(await isLinked()).toBe(true);
});

/** A PATH with git alone: no package manager is found on it. */
function emptyPath(dir: string): string {
  const git = (PATH ?? "")
    .split(":")
    .map((folder) => join(folder, "git"))
    .find((file) => existsSync(file));
  const folder = join(dir, "..", `${basename(dir)}-path`);
  mkdirSync(folder);
  symlinkSync(git ?? "", join(folder, "git"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test("files of the base are as git has them, whatever attributes the working tree gives them", async () => {
  const dir = await repository({ "main.ts": "let a;\n", ".gitattributes": "*.txt text eol=crlf\n", "a.txt": "a\n" });
  const attributes = ["main.ts working-tree-encoding=UTF-16", "*.txt -text", "main.ts export-ignore", "* ident"];
  write(join(dir, ".gitattributes"), `${attributes.join("\n")}\n`);
  git(dir, "add", ".gitattributes");
  const { base } = await sides(dir, { base: "main" });
  expect(readFileSync(join(base.dir ?? "", "main.ts"), "utf8")).toBe("let a;\n");
  expect(readFileSync(join(base.dir ?? "", "a.txt"), "utf8")).toBe("a\r\n");
});

test("a submodule that head takes away, or moves to where the base's commit is not, leaves no base to be run", async () => {
  const inner = await repository({ "rules.ts": "1" });
  const dir = await repository({ "main.ts": "" });
  git(dir, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "rules");
  git(dir, "commit", "-qm", "with rules");
  const base = async () => (await sides(dir, { base: "main" })).base;
  const first = await base();
  expect(readFileSync(join(first.dir ?? "", "rules/rules.ts"), "utf8")).toBe("1");
  expect(first).toMatchObject({ notes: [], withheld: [] });
  git(dir, "submodule", "--quiet", "deinit", "-f", "rules");
  expect(await base()).toMatchObject({ notes: [expect.stringContaining("its folder is empty")], withheld: [] });
  git(dir, "config", "-f", ".gitmodules", "submodule.rules.update", "none");
  expect(await base()).toMatchObject({ withheld: [expect.stringContaining("rules is not checked out")] });
  git(dir, "checkout", "-q", ".gitmodules");
  git(dir, "rm", "-qf", "rules");
  expect(await base()).toMatchObject({ withheld: [expect.stringContaining("rules is not checked out")] });
});

test("no program of the checkout is found on the PATH that git and the base get", () => {
  const path = ["/repo/node_modules/.bin", "/repo", "/usr/bin", "node_modules/.bin", "", "/repository/bin"].join(":");
  expect(withoutCheckout({ PATH: path }, "/repo")).toEqual({ PATH: "/usr/bin:/repository/bin" });
});

test("the folder of a run lies outside of the checkout, wherever caches are said to be", async () => {
  const dir = await repository({});
  const own = join(await tempDir(), "cache");
  const made = await makeScratch(dir, { XDG_CACHE_HOME: own });
  expect(made.startsWith(`${own}/lightfleet/preview/`)).toBe(true);
  expect(await makeScratch(dir, { XDG_CACHE_HOME: own })).not.toBe(made);
  const inside = await makeScratch(dir, { XDG_CACHE_HOME: join(dir, ".cache") });
  onTestFinished(() => rmSync(inside, { recursive: true }));
  expect(inside.startsWith(dir)).toBe(false);
  expect(await refusal(makeScratch("/", {}))).toEqual(["LF643", false]);
});

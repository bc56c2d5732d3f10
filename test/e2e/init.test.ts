import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { cleanEnv, cli, cliJson } from "../commands/cli.js";
import { installLightfleet, tempDir } from "../commands/project.js";
import { git } from "../commands/repository.js";

test("a new project synthesizes, and passes its own test, which fails where the program is refused", async () => {
  const dir = join(await tempDir(), "My Shop 2");
  const { exitCode, stdout } = await cli(join(dir, ".."), ["init", "My Shop 2"]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('cd "My Shop 2"');
  expect(stdout).toContain("npx lightfleet deploy --sandbox");
  const manifest: unknown = JSON.parse(await readFile(join(dir, "package.json"), "utf8"));
  expect(manifest).toMatchObject({ name: "my-shop-2", type: "module", dependencies: { lightfleet: /^\^\d/ } });

  await installLightfleet(dir, ["vitest"]);
  const { document } = await cliJson(dir, ["synth"]);
  expect(document).toMatchObject({ ok: true, clusters: [{ id: "my-shop-2" }], otherStacks: [] });
  const ownTest = () =>
    promisify(execFile)(process.execPath, ["node_modules/vitest/vitest.mjs", "run"], { cwd: dir, env: cleanEnv() });
  await expect(ownTest()).resolves.toMatchObject({ stdout: /1 passed/ });

  const source = await readFile(join(dir, "cluster.ts"), "utf8");
  await writeFile(
    join(dir, "cluster.ts"),
    source.replace('"core"', '"Core!"').replace("min: 2, max: 4", "min: 4, max: 2"),
  );
  await expect(ownTest()).rejects.toMatchObject({ code: 1, stderr: /LF001.*'Core!'[^]*LF006/ });
});

test("a folder may be called what a cluster may not", async () => {
  const dir = join(await tempDir(), "cluster");
  expect((await cliJson(join(dir, ".."), ["init", "cluster"])).exitCode).toBe(0);
  await installLightfleet(dir);
  expect((await cliJson(dir, ["synth"])).document).toMatchObject({ ok: true, clusters: [{ id: "my-cluster" }] });
});

test("what is there already is left alone, and named", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "main.ts"), "mine");
  const first = await cliJson(dir, ["init"]);
  expect(first.document).toMatchObject({ ok: true, dir, kept: ["main.ts"] });
  expect(await readFile(join(dir, "main.ts"), "utf8")).toBe("mine");
  const second = await cliJson(dir, ["init"]);
  expect(second.document).toMatchObject({ created: [] });
});

test("a main.ts of another program stays, and the cluster's own file has another name", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "main.ts"), "console.log('another program');\n");
  expect((await cliJson(dir, ["init"])).document).toMatchObject({
    created: expect.arrayContaining(["infrastructure.ts"]),
  });
  await installLightfleet(dir);
  expect((await cliJson(dir, ["synth"])).document).toMatchObject({ ok: true, otherStacks: [] });
  expect(await readFile(join(dir, "main.ts"), "utf8")).toContain("another program");
});

test("below the top of a repository, workflows stand where GitHub reads them, each project with its own", async () => {
  const top = await tempDir();
  git(top, "init", "-q");
  const read = (name: string): Promise<string> => readFile(join(top, ".github/workflows", name), "utf8");
  const { stdout } = await cli(top, ["init", "infra/shop"]);
  expect(stdout).toContain(`workflows are in ${join(top, ".github/workflows")}`);
  expect(await readdir(join(top, "infra/shop"))).not.toContain(".github");
  const preview = await read("lightfleet-preview.infra.shop.yml");
  expect(preview).toContain("name: lightfleet preview infra.shop\n");
  expect(preview).toContain('    defaults:\n      run:\n        working-directory: "infra/shop"\n    steps:\n');
  expect(preview).toContain("name: lightfleet-preview.infra.shop\n");
  const comment = await read("lightfleet-comment.infra.shop.yml");
  expect(comment).toContain("workflows: [lightfleet preview infra.shop]\n");
  expect(comment).toContain("--artifact lightfleet-preview.infra.shop\n");

  await mkdir(join(top, "infra/pay"));
  const second = await cliJson(join(top, "infra/pay"), ["init"]);
  expect(second.document).toMatchObject({ ok: true, kept: [], workflows: join(top, ".github/workflows") });
  expect(second.document["created"]).toContain("../../.github/workflows/lightfleet-preview.infra.pay.yml");
  // Called as the first is, but for what is no letter.
  await cli(top, ["init", "infra.shop"]);
  await writeFile(join(top, ".github/workflows/lightfleet-preview.yml"), "mine");
  const own = await cliJson(top, ["init"]);
  expect(own.document["kept"]).toEqual([".github/workflows/lightfleet-preview.yml"]);
  expect(await read("lightfleet-preview.yml")).toBe("mine");
  expect(await read("lightfleet-comment.yml")).toContain("workflows: [lightfleet preview]\n");
  expect(await read("lightfleet-preview.infra.shop.yml")).toBe(preview);
  const groups = (await readdir(join(top, ".github/workflows")))
    .filter((name) => name !== "lightfleet-preview.yml")
    .map(async (name) => /^ {2}group: (.*)$/m.exec(await read(name))?.[1]);
  expect(new Set(await Promise.all(groups)).size).toBe(7);
});

test("in no repository, workflows are the project's own", async () => {
  const dir = await tempDir();
  const { document } = await cliJson(dir, ["init", "shop"]);
  expect(document["created"]).toContain(".github/workflows/lightfleet-preview.yml");
  const text = await readFile(join(dir, "shop/.github/workflows/lightfleet-preview.yml"), "utf8");
  expect(text).not.toMatch(/working-directory|undefined/);
});

test("a package.json of 'npm init' gets what is missing, and keeps what it says", async () => {
  const dir = await tempDir();
  const text =
    '{ "name": "mine", "type": "commonjs", "dependencies": { "lightfleet": "file:../x" }, "scripts": { "test": "echo \\"Error: no test specified\\" && exit 1", "types": "mine" } }';
  await writeFile(join(dir, "package.json"), text);
  const { document } = await cliJson(dir, ["init"]);
  expect(document).toMatchObject({ ok: true, kept: ["package.json"], advice: [] });
  expect(document["added"]).toEqual(
    expect.arrayContaining(["type", "scripts.test", "devDependencies.vitest", "devDependencies.typescript"]),
  );
  const manifest: unknown = JSON.parse(await readFile(join(dir, "package.json"), "utf8"));
  expect(manifest).toMatchObject({
    ...{ name: "mine", type: "module", dependencies: { lightfleet: "file:../x" }, devDependencies: { vitest: /^\^/ } },
    scripts: { types: "mine", test: expect.stringContaining("vitest") },
  });
});

test("files that are CommonJS keep their type, which is said", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "package.json"), '{ "name": "mine" }');
  await writeFile(join(dir, "old.js"), "module.exports = 1;");
  const { document } = await cliJson(dir, ["init"]);
  expect(document).toMatchObject({ advice: [expect.stringContaining('"type": "module"')] });
  expect(await readFile(join(dir, "package.json"), "utf8")).not.toContain('"type"');
});

test("a folder that begins with a digit keeps it in the name, which is said; states and plans stay out of git", async () => {
  const dir = await tempDir();
  const { stdout } = await cli(dir, ["init", "1st"]);
  expect(stdout).toContain("the cluster is called 'my-1st'");
  git(dir, "init", "-q");
  const ignored = [
    "terraform.shop.tfstate",
    "terraform.shop.tfstate.backup",
    "terraform.shop.tfstate.moved",
    "shop.plan",
  ];
  for (const name of ignored) expect(git(join(dir, "1st"), "check-ignore", name)).toContain(name);
});

test("the workflow that may write runs what the main branch locks, from a folder with manifests and lock files alone", async () => {
  const top = await tempDir();
  git(top, "init", "-q");
  await cli(top, ["init", "infra/shop"]);
  const tools = await tempDir();
  const npm = `#!/bin/bash\nmkdir -p node_modules/.bin\necho "npm $* in $PWD, token: $GITHUB_TOKEN" > ${tools}/asked
printf '#!/bin/bash\\necho "lightfleet $* in $PWD"' > node_modules/.bin/lightfleet\nchmod +x node_modules/.bin/lightfleet\n`;
  await writeFile(join(tools, "npm"), npm, { mode: 0o755 });
  const brought = { ".npmrc": "", "infra/shop/.npmrc": "", "package-lock.json": "{}", "package.json": "{}" };
  for (const [name, text] of Object.entries(brought)) await writeFile(join(top, name), text);
  await mkdir(join(top, "infra/shop/node_modules/.bin"), { recursive: true });
  await writeFile(join(top, "infra/shop/node_modules/.bin/lightfleet"), "#!/bin/bash\necho evil", { mode: 0o755 });
  git(top, "add", "-Af", ".");
  const workflow = await readFile(join(top, ".github/workflows/lightfleet-comment.infra.shop.yml"), "utf8");
  const [, script = ""] = / {8}run: \|\n([^]*)$/.exec(workflow) ?? [];
  const clean = join(await tempDir(), "clean");
  const env = cleanEnv({
    CLEAN: clean,
    PROJECT: "infra/shop",
    GITHUB_TOKEN: "t",
    PATH: `${tools}:${process.env["PATH"]}`,
  });
  const bash = ["--noprofile", "--norc", "-eo", "pipefail", "-c", script];
  const run = async () => (await promisify(execFile)("bash", bash, { cwd: top, env })).stdout;
  expect(await run()).toBe(`lightfleet comment --artifact lightfleet-preview.infra.shop in ${clean}\n`);
  const asked = async () => (await readFile(join(tools, "asked"), "utf8")).trim();
  expect(await asked()).toBe(`npm ci --ignore-scripts --no-audit --no-fund in ${clean}, token:`);
  const files = await readdir(clean, { recursive: true });
  expect(files.filter((name) => name.includes(".npmrc") || /main|cluster/.test(name))).toEqual([]);
  await writeFile(join(top, "infra/shop/package-lock.json"), "{}");
  git(top, "add", "-Af", ".");
  expect(await run()).toContain(` in ${clean}/infra/shop\n`);
  expect(await asked()).toContain(` in ${clean}/infra/shop,`);
});

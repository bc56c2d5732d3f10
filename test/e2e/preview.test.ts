import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { git, repository } from "../commands/repository.js";

const change = (dir: string, main: string): void => writeFileSync(join(dir, "main.ts"), main);

test("a new version and a new size are told, with what follows, and nothing is written beside the cache", async () => {
  const dir = await repository(program("shop"));
  change(dir, program("shop", { image: "web:2", size: 2 }));
  const { exitCode, document } = await cliJson(dir, ["preview", "--exit-code"], { PATH: "/usr/bin:/bin" });
  expect({ exitCode, document }).toMatchObject({
    exitCode: 2,
    document: {
      ok: true,
      base: { state: "read" },
      head: { state: "read", ref: "working tree, with changes that are not committed" },
    },
  });
  expect(document["clusters"]).toMatchObject([
    { cluster: "shop", status: "kept", counts: { roll: 1, change: 1 }, infrastructure: { counts: { update: 2 } } },
  ]);
  expect(readdirSync(dir).sort()).toEqual([
    ".git",
    ".gitignore",
    ".lightfleet",
    "cdktf.json",
    "main.ts",
    "node_modules",
    "package.json",
  ]);
  expect(git(dir, "worktree", "list").split("\n")).toHaveLength(1);
  expect(git(dir, "status", "--porcelain")).toBe("M main.ts");
});

test("nothing changed, in an empty environment", async () => {
  const dir = await repository(program("shop"));
  const bin = new URL("../../dist/bin/lightfleet.js", import.meta.url).pathname;
  const out = execFileSync(process.execPath, [bin, "preview", "--base", "main", "--exit-code"], {
    ...{ cwd: dir, env: {}, encoding: "utf8" },
  });
  expect(out).toContain("verdict: nothing changes");
});

test("a base that does not compile is told, and head is shown as new", async () => {
  const dir = await repository("this is no program");
  change(dir, program("shop"));
  const { document } = await cliJson(dir, ["preview"]);
  expect(document).toMatchObject({ base: { state: "failed" }, clusters: [{ status: "new" }] });
  expect(JSON.stringify(document["base"])).toContain("LF053");
  expect(JSON.stringify(document["clusters"])).toContain("the base cannot be synthesized");
});

test("a head that does not compile is blocked, and removes nothing", async () => {
  const dir = await repository(program("shop"));
  change(dir, "this is no program");
  const { exitCode, document } = await cliJson(dir, ["preview"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { verdict: "blocked", clusters: [] } });
});

test("a head that has no project any more removes everything", async () => {
  const dir = await repository(program("shop"));
  git(dir, "rm", "-q", "cdktf.json");
  git(dir, "commit", "-qm", "gone");
  const { document } = await cliJson(dir, ["preview", "--base", "main~1", "--head", "main"]);
  expect(document).toMatchObject({
    verdict: "attention",
    head: { state: "absent" },
    clusters: [{ status: "removed" }],
  });
});

test("refs: two commits, a detached head, one that is not here, and no repository", async () => {
  const dir = await repository(program("shop"));
  change(dir, program("shop", { image: "web:2" }));
  git(dir, "commit", "-qam", "head");
  git(dir, "checkout", "-q", "--detach");
  const two = await cliJson(dir, ["preview", "--base", "HEAD~1", "--head", "HEAD"]);
  expect(two.document).toMatchObject({ clusters: [{ counts: { roll: 1 } }] });
  const unknown = await cliJson(dir, ["preview", "--base", "nobody"]);
  expect(unknown).toMatchObject({ exitCode: 64, document: { error: { code: "LF651" } } });
  const shallow = await project({});
  execFileSync("git", ["clone", "-q", "--depth=1", `file://${dir}`, join(shallow, "clone")], { stdio: "ignore" });
  const cut = await cli(join(shallow, "clone"), ["preview", "--base", "HEAD~1"]);
  expect(cut.stderr).toMatch(/LF651[\s\S]*shallow/);
  const alone = await project({ "main.ts": program("shop") });
  expect((await cliJson(alone, ["preview"])).document).toMatchObject({
    base: { state: "absent" },
    clusters: [{ status: "new" }],
  });
});

test("a policy of the base blocks, although head takes it out, until it is accepted with a reason", async () => {
  const policy = 'import { replaces } from "lightfleet"; app.preview({ block: [replaces("fleet")] });';
  const dir = await repository(program("shop", { more: policy }));
  change(dir, program("shop").replace("t4g.small", "t4g.medium"));
  const blocked = await cliJson(dir, ["preview", "--exit-code"]);
  expect(blocked).toMatchObject({
    exitCode: 1,
    document: {
      verdict: "blocked",
      clusters: [{ policy: [{ rule: 'replaces("fleet")', on: "fleet:core", accepted: null }] }],
    },
  });
  const accepted = await cliJson(dir, ["preview", "--exit-code", "--accept", 'replaces("fleet")@core=agreed']);
  expect(accepted).toMatchObject({ exitCode: 2, document: { clusters: [{ policy: [{ accepted: "agreed" }] }] } });
  const code = /lightfleet accept ([0-9a-f]+)/.exec((await cli(dir, ["preview"])).stdout)?.[1] ?? "";
  const gitlab = { CI_MERGE_REQUEST_LABELS: `bug,lightfleet accept ${code}` };
  for (const [args, env] of [
    [["--accept", `${code}=agreed`], {}],
    [[], gitlab],
    [[], { LIGHTFLEET_LABELS: JSON.stringify([`lightfleet accept ${code}`]) }],
  ] as const)
    expect((await cliJson(dir, ["preview", "--exit-code", ...args], env)).exitCode).toBe(2);
  change(dir, program("shop", { more: policy }));
  const idle = await cli(dir, ["preview", "--base", "main", "--exit-code"], gitlab);
  expect(idle).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`unused acceptance: ${code}`) });
  expect((await cliJson(dir, ["preview", "--accept", "nothing"])).document).toMatchObject({ error: { code: "LF650" } });
});

test("submodules come along, in a project below the top of the repository", async () => {
  const inner = await repository("export const image = 'web:1';\n");
  const dir = await repository("");
  git(dir, "-c", "protocol.file.allow=always", "submodule", "add", "-q", inner, "shared");
  const main = `import { image } from "./shared/main.js";\n${program("shop").replace('"web:1"', "image")}`;
  change(dir, main);
  git(dir, "commit", "-qam", "uses it");
  change(dir, main.replace("replicas: 1", "replicas: 2"));
  const { document } = await cliJson(dir, ["preview"]);
  expect(document).toMatchObject({ base: { state: "read", notes: [] }, clusters: [{ counts: { change: 1 } }] });
});

test("the text is for people, and a file is written where it is asked for", async () => {
  const dir = await repository(program("shop"));
  change(dir, program("shop", { image: "web:2" }));
  const shown = await cli(dir, ["preview", "--date", "2026-11-24"]);
  expect(shown.stdout).toMatch(/~ roll +service web: version 1 -> 2/);
  await cli(dir, ["preview", "--format", "json", "-o", "out/changes.json"]);
  expect(JSON.parse(readFileSync(join(dir, "out/changes.json"), "utf8"))).toMatchObject({
    format: "lightfleet-preview",
    version: 1,
  });
});

test("a document is all that goes to standard output, and progress is told beside it", async () => {
  const dir = await repository(program("shop"));
  change(dir, program("shop", { image: "web:2" }));
  const { stdout, stderr } = await cli(dir, ["preview", "--format", "json"]);
  expect(JSON.parse(stdout)).toMatchObject({ format: "lightfleet-preview", verdict: "changes" });
  expect(stderr).toContain("synthesizing base and head");
  expect((await cli(dir, ["preview", "--format", "markdown"])).stdout).toMatch(/^(<!--|#)/);
  expect((await cli(dir, ["preview", "--format", "html"])).stdout).toMatch(/^<!doctype html>/i);
  expect((await cli(dir, ["graph"])).stdout).toMatch(/^(flowchart|graph) /);
  expect((await cli(dir, ["graph", "--format", "svg"])).stdout).toMatch(/^<svg /);
});

test("what cannot be written to is a wrong call", async () => {
  const dir = await repository(program("shop"));
  mkdirSync(join(dir, "folder"));
  const calls = [["preview"], ["graph"], ["drill", "--all"]].flatMap((verb) => {
    const option = verb[0] === "drill" ? "--svg" : "-o";
    return [
      [...verb, option, "folder"],
      [...verb, option, "main.ts/x"],
    ];
  });
  for (const call of calls) {
    const { exitCode, document } = await cliJson(dir, call);
    const message = expect.stringMatching(/^nothing can be written to '.*': (it is a folder|.* is a file)$/);
    expect({ call, exitCode, document }).toMatchObject({
      exitCode: 64,
      document: { ok: false, error: { code: "LF050", message } },
    });
  }
});

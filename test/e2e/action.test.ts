import { execFile } from "node:child_process";
import { zipSync } from "fflate";
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { workflowFiles } from "../../operations/init/workflows.js";
import { BIN, cleanEnv } from "../commands/cli.js";
import { startServer } from "../commands/github.js";
import { program, tempDir } from "../commands/project.js";
import { git, repository } from "../commands/repository.js";

const action = readFileSync(new URL("../../action.yml", import.meta.url), "utf8");
const manual = readFileSync(new URL("../../docs/preview.md", import.meta.url), "utf8");

/** The script of a step of action.yml, by the step's name. */
function scriptOf(step: string): string {
  const part = action.split(/^ {4}- name: /m).find((each) => each.startsWith(`${step}\n`)) ?? "";
  const block = /run: \|\n((?: {8}.*\n?|\n)+)/.exec(part)?.[1] ?? "";
  return block.replace(/^ {8}/gm, "");
}

interface Ran {
  readonly exitCode: number;
  readonly output: string;
}

const bash = (script: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Ran> =>
  new Promise((done) => {
    execFile(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", "-c", script],
      { cwd, env: cleanEnv(env) },
      (error, stdout, stderr) => {
        done({
          exitCode: error === null ? 0 : typeof error.code === "number" ? error.code : -1,
          output: stdout + stderr,
        });
      },
    );
  });

/** What is run in place of npx: what was built here, with a note of the package that was asked for. */
function standIn(dir: string): string {
  mkdirSync(dir, { recursive: true });
  writeFileSync(
    join(dir, "npx"),
    `#!/bin/bash\necho "$2" > "${dir}/asked"\nshift 2\nexec "${process.execPath}" "${BIN}" "$@"\n`,
  );
  chmodSync(join(dir, "npx"), 0o755);
  return `${dir}:${process.env["PATH"] ?? ""}`;
}

test("a fork's pull request: previewed with no token, judged, commented, edited", async () => {
  const dir = await repository(program("shop"), "tools\nrunner\n");
  const base = git(dir, "rev-parse", "HEAD");
  writeFileSync(join(dir, "main.ts"), program("shop", { image: "web:2" }));
  git(dir, "commit", "-qam", "change");
  const sha = git(dir, "rev-parse", "HEAD");

  const tools = join(dir, "tools");
  const runner = join(dir, "runner");
  for (const folder of [runner, join(runner, "lightfleet-preview")]) mkdirSync(folder);
  const common = {
    PATH: standIn(tools),
    OUT: join(runner, "lightfleet-preview"),
    RUNNER_TEMP: runner,
  };
  const preview = (labels: readonly string[] = []): Promise<Ran> =>
    bash(scriptOf("Preview"), dir, {
      ...common,
      BASE: base,
      LIGHTFLEET_LABELS: JSON.stringify(labels),
      GITHUB_OUTPUT: join(runner, "output"),
      GITHUB_STEP_SUMMARY: join(runner, "summary.md"),
    });
  const first = await preview();
  expect(first).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(runner, "output"), "utf8")).toBe("verdict=changes\n");
  expect(readFileSync(join(runner, "summary.md"), "utf8")).toContain("service web");
  expect((await bash(scriptOf("Judge"), dir, { ...common, FAIL: "blocked", VERDICT: "changes" })).exitCode).toBe(0);
  expect((await bash(scriptOf("Judge"), dir, { ...common, FAIL: "blocked", VERDICT: "blocked" })).exitCode).toBe(1);

  const run = { id: 5, head_branch: "change", head_sha: sha, head_repository: { full_name: "eve/shop" } };
  writeFileSync(join(runner, "event.json"), JSON.stringify({ workflow_run: run }));
  const artifacts: { name: string; archive: Uint8Array }[] = [];
  const server = await startServer([{ number: 12, sha, branch: "change", repository: "eve/shop" }], artifacts);
  mkdirSync(join(runner, "built/dist"), { recursive: true });
  symlinkSync(dirname(BIN), join(runner, "built/dist/bin"));
  const comment = (): Promise<Ran> => {
    const list = readFileSync(join(common.OUT, "preview.json"));
    artifacts.splice(0, 1, { name: "lightfleet-preview", archive: zipSync({ "preview.json": list }) });
    return bash(scriptOf("Comment"), runner, {
      ...{ PATH: process.env["PATH"], CLEAN: join(runner, "built"), ARTIFACT: "lightfleet-preview" },
      ...{ GITHUB_TOKEN: "t", GITHUB_REPOSITORY: "acme/shop", GITHUB_API_URL: server.url },
      GITHUB_EVENT_PATH: join(runner, "event.json"),
    });
  };
  expect((await comment()).output).toContain("shop: created");
  expect((await comment()).output).toContain("shop: kept");
  writeFileSync(join(dir, "main.ts"), program("shop"));
  await preview();
  expect((await comment()).output).toContain("shop: edited");
  expect(server.comments).toHaveLength(1);
  expect(server.comments[0]?.body).toContain("nothing changes");
});

test("what a label lets pass is judged as passed, in a merge of the pull request with a base that moved on", async () => {
  const policy = 'import { replaces } from "lightfleet"; app.preview({ block: [replaces("fleet")] });';
  const dir = await repository(program("shop", { more: policy }), "tools\nrunner\n");
  git(dir, "checkout", "-q", "-b", "change");
  writeFileSync(join(dir, "main.ts"), program("shop", { more: policy }).replace("t4g.small", "t4g.medium"));
  git(dir, "commit", "-qam", "change");
  const sha = git(dir, "rev-parse", "HEAD");
  const forked = git(dir, "rev-parse", "main");
  git(dir, "checkout", "-q", "main");
  writeFileSync(join(dir, "new"), "");
  git(dir, "add", "new");
  git(dir, "commit", "-qm", "moved on");
  git(dir, "merge", "-q", "--no-ff", "-m", "merged", "change");
  const runner = join(dir, "runner");
  const common = { PATH: standIn(join(dir, "tools")), OUT: join(runner, "lightfleet-preview"), RUNNER_TEMP: runner };
  const verdict = async (labels: readonly string[]): Promise<string> => {
    mkdirSync(runner, { recursive: true });
    writeFileSync(join(runner, "output"), "");
    await bash(scriptOf("Preview"), dir, {
      ...common,
      ...{ BASE: "", BASE_SHA: forked, HEAD_SHA: sha, LIGHTFLEET_LABELS: JSON.stringify(labels) },
      GITHUB_OUTPUT: join(runner, "output"),
    });
    return readFileSync(join(runner, "output"), "utf8").replace("verdict=", "").trim();
  };
  const list = (): unknown => JSON.parse(readFileSync(join(common.OUT, "preview.json"), "utf8"));
  expect(await verdict([])).toBe("blocked");
  expect(list()).toMatchObject({ base: { commit: git(dir, "rev-parse", "HEAD^1") } });
  const [, code = ""] = /"code": "([0-9a-f]+)"/.exec(JSON.stringify(list(), null, 1)) ?? [];
  expect(await verdict(["bug", `lightfleet accept ${code}`])).toBe("attention");

  const judge = async (FAIL: string, VERDICT: string): Promise<number> =>
    (await bash(scriptOf("Judge"), dir, { ...common, FAIL, VERDICT })).exitCode;
  const failing = ["attention", "blocked"].map((each) => judge("attention", each));
  expect(await Promise.all(failing)).toEqual([1, 1]);
  const passing = [judge("never", "blocked"), judge("blocked", "attention"), judge("attention", "changes")];
  expect(await Promise.all(passing)).toEqual([0, 0, 0]);
});

test("the manual's example asks the action for what there is, in two workflows that know each other", () => {
  const inputs = [...(/^inputs:\n([^]*?)^\w/m.exec(action)?.[1] ?? "").matchAll(/^ {2}([\w-]+):$/gm)].map(
    ([, name]) => name,
  );
  const workflows = [...manual.matchAll(/```yaml\n([^]*?)```/g)].map(([, text = ""]) => text);
  const uses = workflows.map(
    (text) => / {6}- uses: OWNER\/lightfleet@\S+\n {8}with:\n((?: {10}.*\n)+)/.exec(text)?.[1] ?? "",
  );
  const given = uses.map((text) =>
    Object.fromEntries([...text.matchAll(/^ +([\w-]+): (\S+)/gm)].map(([, name = "", value]) => [name, value])),
  );
  expect(given).toMatchObject([{ mode: "preview" }, { mode: "comment" }]);
  expect(given.flatMap((one) => Object.keys(one)).filter((name) => !inputs.includes(name))).toEqual([]);
  expect(given[0]?.["artifact"]).toBe(given[1]?.["artifact"]);
  const [, name] = /^name: (.+)$/m.exec(workflows[0] ?? "") ?? [];
  expect(workflows[1]).toContain(`workflows: [${name}]`);
});

test("a merge queue's group is compared with what it is merged into, and with no base at all the step refuses", async () => {
  const dir = await repository(program("shop"), "tools\nrunner\n");
  const main = git(dir, "rev-parse", "HEAD");
  git(dir, "checkout", "-q", "-b", "gh-readonly-queue/main/pr-1");
  writeFileSync(join(dir, "main.ts"), program("shop", { image: "web:2" }));
  git(dir, "commit", "-qam", "change");
  git(dir, "checkout", "-q", "--detach");
  git(dir, "branch", "-D", "main");
  const runner = join(dir, "runner");
  mkdirSync(join(runner, "lightfleet-preview"), { recursive: true });
  const step = (env: NodeJS.ProcessEnv): Promise<Ran> =>
    bash(scriptOf("Preview"), dir, {
      ...{
        PATH: standIn(join(dir, "tools")),
        OUT: join(runner, "lightfleet-preview"),
        GITHUB_OUTPUT: join(runner, "output"),
      },
      ...{ GITHUB_STEP_SUMMARY: join(runner, "summary.md"), BASE: "", BASE_SHA: "", ...env },
    });
  git(dir, "branch", "other");
  const lost = await step({ GITHUB_EVENT_NAME: "merge_group" });
  expect(lost.exitCode).not.toBe(0);
  expect(lost.output).toContain("LF651");
  expect(await step({ GITHUB_EVENT_NAME: "merge_group", BASE_SHA: main })).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(runner, "output"), "utf8")).toBe("verdict=changes\n");
});

test("what has a token builds the action's own code by its lock file, and finds nothing of the workspace", async () => {
  const runner = await tempDir();
  const [own, workspace, tools] = ["action", "workspace", "tools"].map((name) => join(runner, name)) as [
    string,
    string,
    string,
  ];
  const files = { "package.json": "{}", "package-lock.json": "{}", ".npmrc": "registry=evil", "scripts/build.mjs": "" };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(own, name)), { recursive: true });
    writeFileSync(join(own, name), text);
  }
  for (const folder of [tools, join(workspace, "node_modules/.bin")]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(workspace, ".npmrc"), "registry=evil");
  writeFileSync(join(tools, "npm"), `#!/bin/bash\necho "$* in $PWD: $(ls -A | xargs)" > ${runner}/asked\n`);
  chmodSync(join(tools, "npm"), 0o755);
  const env = { PATH: `${tools}:${process.env["PATH"]}`, GITHUB_ACTION_PATH: own, CLEAN: join(runner, "clean") };
  expect(await bash(scriptOf("Build"), workspace, env)).toMatchObject({ exitCode: 0 });
  expect(readFileSync(join(runner, "asked"), "utf8")).toBe(
    `ci --ignore-scripts --no-audit --no-fund in ${runner}/clean: package-lock.json package.json scripts\n`,
  );
  expect(/name: Build\n[^]*?(?=\n {4}- name)/.exec(action)?.[0]).not.toContain("TOKEN");
});

test("actions of others are named by a full commit, and no job with a token runs a package by its name", () => {
  const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), "utf8");
  const release = readdirSync(new URL("../../.github/workflows", import.meta.url)).map(
    (name) => `.github/workflows/${name}`,
  );
  const texts = ["action.yml", "docs/preview.md", "docs/ci/gitlab.yml", ...release].map(read);
  texts.push(...Object.values(workflowFiles("")), ...Object.values(workflowFiles("infra/shop")));
  for (const text of texts) {
    const used = [...text.matchAll(/uses: (\S+)/g)].map(([, name]) => name ?? "");
    expect(used.filter((name) => !/^[\w/-]+@([0-9a-f]{40}|COMMIT)$/.test(name))).toEqual([]);
    expect(text).not.toMatch(/npx --yes|npx -y|npm (install|i|exec) /);
  }
});

import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { BIN, cleanEnv } from "../commands/cli.js";
import { startServer } from "../commands/github.js";
import { program } from "../commands/project.js";
import { git, repository } from "../commands/repository.js";

/** The script of a step of action.yml, by the step's name. */
function scriptOf(step: string): string {
  const text = readFileSync(new URL("../../action.yml", import.meta.url), "utf8");
  const part = text.split(/^ {4}- name: /m).find((each) => each.startsWith(`${step}\n`)) ?? "";
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

test("a fork's pull request: previewed with no token, judged, commented, edited", async () => {
  const dir = await repository(program("shop"), "tools\nrunner\n");
  const base = git(dir, "rev-parse", "HEAD");
  writeFileSync(join(dir, "main.ts"), program("shop", { image: "web:2" }));
  git(dir, "commit", "-qam", "change");
  const sha = git(dir, "rev-parse", "HEAD");

  // In place of npm's: what it would run is what was built here.
  const tools = join(dir, "tools");
  const runner = join(dir, "runner");
  for (const folder of [tools, runner, join(runner, "lightfleet-preview")]) mkdirSync(folder);
  writeFileSync(join(tools, "npx"), `#!/bin/bash\nshift 2\nexec "${process.execPath}" "${BIN}" "$@"\n`);
  chmodSync(join(tools, "npx"), 0o755);
  const common = {
    PATH: `${tools}:${process.env["PATH"] ?? ""}`,
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

  const server = await startServer([{ number: 12, sha }]);
  const comment = (): Promise<Ran> =>
    bash(scriptOf("Comment"), runner, {
      ...common,
      GITHUB_TOKEN: "t",
      GITHUB_REPOSITORY: "acme/shop",
      GITHUB_API_URL: server.url,
      HEAD_SHA: sha,
      VERSION: "1",
    });
  expect((await comment()).output).toContain("shop: created");
  expect((await comment()).output).toContain("shop: kept");
  writeFileSync(join(dir, "main.ts"), program("shop"));
  await preview();
  expect((await comment()).output).toContain("shop: edited");
  expect(server.comments).toHaveLength(1);
  expect(server.comments[0]?.body).toContain("nothing changes");
});

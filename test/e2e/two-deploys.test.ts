import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { BIN, cleanEnv, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

/** A program whose apply tells the engine's process, and then waits for a file. */
const waiting = (command = "echo $PPID > engine.pid; until [ -e go ]; do sleep 0.1; done"): string => {
  const slow = { provisioner: [{ "local-exec": { command } }] };
  const data = { slow, after: { depends_on: ["terraform_data.slow"] } };
  return program("shop", { more: `cluster.addOverride("resource.terraform_data", ${JSON.stringify(data)});` });
};

const there = async (file: string): Promise<void> => {
  for (let look = 0; look < 1_200 && !existsSync(file); look++) await sleep(50);
};

const gone = async (pid: number): Promise<void> => {
  for (let look = 0; look < 1_200; look++) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(50);
  }
};

/** Runs a deploy, and tells when it has said something. */
function deploying(
  dir: string,
  said: string,
): { readonly heard: Promise<void>; readonly ended: Promise<number | null> } {
  const child = spawn(process.execPath, [BIN, "deploy", "--sandbox", "--yes"], { cwd: dir, env: cleanEnv() });
  let output = "";
  const heard = new Promise<void>((done) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        output += chunk.toString();
        if (output.includes(said)) done();
      });
  });
  return { heard, ended: new Promise((done) => child.once("close", done)) };
}

describe.skipIf(!(await engineIsThere()))("two runs, and a run that dies", { timeout: 300_000 }, () => {
  test("the second deploy says who holds the lock, and the first goes on undisturbed", async () => {
    const dir = await project({ "main.ts": waiting() });
    const cwd = join(dir, ".lightfleet/sandbox/clusters/shop");
    const first = cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    await there(join(cwd, "engine.pid"));
    const second = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    expect(second).toMatchObject({ exitCode: 1, document: { error: { code: "LF601" } } });
    expect(JSON.stringify(second.document)).toMatch(/\S+@\S+ holds the lock since \d{4}-/);
    await writeFile(join(cwd, "go"), "");
    expect((await first).document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
    expect((await cliJson(dir, ["diff", "--sandbox"])).document).toMatchObject({ changes: false });
    expect(readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".tfplan"))).toEqual(
      [],
    );
  });

  test("an engine that is killed in mid-apply leaves its state, and the next deploy goes on", async () => {
    const dir = await project({ "main.ts": waiting() });
    const cwd = join(dir, ".lightfleet/sandbox/clusters/shop");
    const child = spawn(process.execPath, [BIN, "deploy", "--sandbox", "--yes", "--json"], {
      cwd: dir,
      env: cleanEnv(),
    });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    const ended = new Promise((done) => child.once("close", done));
    await there(join(cwd, "engine.pid"));
    const engine = Number((await readFile(join(cwd, "engine.pid"), "utf8")).trim());
    process.kill(engine, "SIGKILL");
    await ended;
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, error: { code: "LF069" } });
    await writeFile(join(dir, "main.ts"), waiting("true"));
    const next = await cliJson(dir, ["deploy", "--sandbox", "--yes"]);
    expect(next.document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
    expect((await cliJson(dir, ["diff", "--sandbox"])).document).toMatchObject({ changes: false });
  });

  test("an engine whose command line is killed goes on to the end, and nothing is made twice", async () => {
    const dir = await project({ "main.ts": waiting() });
    const cwd = join(dir, ".lightfleet/sandbox/clusters/shop");
    const child = spawn(process.execPath, [BIN, "deploy", "--sandbox", "--yes"], { cwd: dir, env: cleanEnv() });
    const ended = new Promise((done) => child.once("close", done));
    // What was told is read, as by a terminal, until the one who told it is gone.
    child.stdout.resume();
    await there(join(cwd, "engine.pid"));
    const engine = Number((await readFile(join(cwd, "engine.pid"), "utf8")).trim());
    child.kill("SIGKILL");
    await ended;
    const next = deploying(dir, "its engine is at work still");
    await next.heard;
    await writeFile(join(cwd, "go"), "");
    await gone(engine);
    expect(await next.ended).toBe(0);
    expect((await cliJson(dir, ["diff", "--sandbox"])).document).toMatchObject({ changes: false });
    const { resources }: { resources: { type: string; name: string }[] } = JSON.parse(
      await readFile(join(cwd, "terraform.tfstate"), "utf8"),
    );
    expect(resources.map(({ type, name }) => `${type}.${name}`)).toContain("terraform_data.after");
  });
});

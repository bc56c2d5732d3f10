import { execFileSync, spawn } from "node:child_process";
import { describe, expect, test } from "vitest";
import { BIN, cleanEnv, cliJson } from "../commands/cli.js";
import { project, program } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

/** Whether there is util-linux's `script`, which gives a process a terminal. */
function scriptIsThere(): boolean {
  try {
    execFileSync("script", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write("skipped: no 'script' to make a terminal with\n");
    return false;
  }
}

/** Deploys at a terminal, and types an answer when asked. */
function deployAndAnswer(dir: string, answer: string): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((done) => {
    const command = `stty cols 80; '${process.execPath}' '${BIN}' deploy --sandbox`;
    const env = cleanEnv({ TERM: "xterm", CI: "", NO_COLOR: "1" });
    const child = spawn("script", ["-qec", command, "/dev/null"], { cwd: dir, env });
    let output = "";
    let answered = false;
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (answered || !output.includes("[y/N]")) return;
      answered = true;
      child.stdin.write(answer);
    });
    child.on("close", (exitCode) => done({ exitCode, output }));
  });
}

describe.skipIf(!scriptIsThere() || !(await engineIsThere()))("at a terminal", { timeout: 300_000 }, () => {
  test("no changes nothing, softly", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode, output } = await deployAndAnswer(dir, "n\n");
    expect(exitCode).toBe(1);
    expect(output).toContain("not confirmed: nothing was changed");
    expect(output).not.toContain("error");
    expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({ clusters: [{ deployed: false }] });
  });

  test("yes applies the plan, with a list that lives", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode, output } = await deployAndAnswer(dir, "y\n");
    expect(exitCode).toBe(0);
    expect(output).toMatch(/\u001b\[\d+A/);
    expect(output).toMatch(/\+ aws_vpc\.cluster created/);
    expect(output).not.toMatch(/\u001b\[\d+m/);
  });

  test("Ctrl-C at the question is an interrupt", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode } = await deployAndAnswer(dir, "\u0003");
    expect(exitCode).toBe(130);
    expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({ clusters: [{ deployed: false }] });
  });
});

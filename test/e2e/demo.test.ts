import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { cleanEnv } from "../commands/cli.js";
import { engineIsThere } from "../terraform/workspace.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Runs the demo in a process group of its own; sends a signal to all of it when something is seen, as a terminal does. */
function demo(stop?: { readonly at: RegExp; readonly signal: "SIGINT" | "SIGKILL" }): Promise<{
  exitCode: number | null;
  output: string;
}> {
  return new Promise((done) => {
    const child = spawn(process.execPath, ["scripts/demo.mjs"], { cwd: root, env: cleanEnv(), detached: true });
    onTestFinished(() => void child.kill("SIGKILL"));
    let output = "";
    let sent = false;
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (stop === undefined || sent || !stop.at.test(output) || child.pid === undefined) return;
      sent = true;
      process.kill(-child.pid, stop.signal);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", (exitCode) => done({ exitCode, output }));
  });
}

describe.skipIf(!(await engineIsThere()))("npm run demo", () => {
  test("goes to its end after an interrupt and after being killed, and changes one object for a new version", async () => {
    const interrupted = await demo({ at: /aws_vpc\.cluster created/, signal: "SIGINT" });
    expect(interrupted.exitCode).toBe(130);
    const killed = await demo({ at: /aws_vpc\.cluster created/, signal: "SIGKILL" });
    expect(killed.exitCode).toBeNull();
    const { exitCode, output } = await demo();
    expect(output).toContain("aws_s3_object.release");
    expect(output).toContain("That was Lightfleet.");
    expect(exitCode).toBe(0);
  });
});

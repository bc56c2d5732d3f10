import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BIN, cleanEnv, cliJson } from "../commands/cli.js";
import { project, program } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

/** Something that takes two seconds to make, and something after it. */
const slow = `
import { TerraformResource } from "cdktf";
const slow = new TerraformResource(cluster, "slow", { terraformResourceType: "terraform_data" });
slow.overrideLogicalId("slow");
slow.addOverride("provisioner", [{ "local-exec": { command: "sleep 2" } }]);
const after = new TerraformResource(cluster, "after", { terraformResourceType: "terraform_data", dependsOn: [slow] });
after.overrideLogicalId("after");
`;

/** Runs a deploy in a process group of its own, and sends Ctrl-C to all of it, as a terminal does, when a line is seen. */
function deployAndInterrupt(
  dir: string,
  seen: RegExp,
  times: number,
): Promise<{ exitCode: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [BIN, "deploy", "--sandbox", "--yes"], {
      cwd: dir,
      env: cleanEnv(),
      detached: true,
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    let output = "";
    let sent = 0;
    const take = (chunk: Buffer): void => {
      output += chunk.toString();
      if (sent === 0 && seen.test(output) && child.pid !== undefined)
        for (; sent < times; sent++) process.kill(-child.pid, "SIGINT");
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.on("close", (exitCode) => done({ exitCode, output }));
  });
}

describe.skipIf(!(await engineIsThere()))("Ctrl-C during an apply", { timeout: 300_000 }, () => {
  test.each([1, 3])("pressed %i times is passed on once, waited for, and leaves no lock", async (times) => {
    const dir = await project({ "main.ts": program("shop", { more: slow }) });
    // The network is made before the slow one is ready.
    const { exitCode, output } = await deployAndInterrupt(dir, /aws_vpc\.cluster created/, times);
    expect(output).toContain("interrupted: waiting until");
    expect(exitCode).toBe(130);
    const cwd = join(dir, ".lightfleet/sandbox/clusters/shop");
    expect(existsSync(join(cwd, ".terraform.tfstate.lock.info"))).toBe(false);
    expect(existsSync(join(cwd, "lightfleet.tfplan"))).toBe(false);
    const { document } = await cliJson(dir, ["diff", "--sandbox"]);
    expect(document).toMatchObject({ ok: true, changes: true });
    expect(JSON.stringify(document)).toContain("terraform_data.after");
    expect(JSON.stringify(document)).not.toContain('"aws_vpc.cluster"');
  });
});

test("Ctrl-C ends a program that never ends", async () => {
  const dir = await project({ "main.ts": `process.stderr.write("here\\n"); for (;;) {}` });
  const { exitCode } = await deployAndInterrupt(dir, /here/, 1);
  expect(exitCode).toBe(null);
});

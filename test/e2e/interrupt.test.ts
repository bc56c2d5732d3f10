import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { project, program } from "../commands/project.js";
import { CALLER } from "../live/caller.js";
import { engineIsThere } from "../terraform/workspace.js";
import { interrupted } from "./interrupted.js";
import { openStandIn } from "./stand-in.js";

const DEPLOY = ["deploy", "--sandbox", "--yes"];

/** Something that takes two seconds to make, and something after it. */
const slow = `
import { TerraformResource } from "cdktf";
const slow = new TerraformResource(cluster, "slow", { terraformResourceType: "terraform_data" });
slow.overrideLogicalId("slow");
slow.addOverride("provisioner", [{ "local-exec": { command: "sleep 2" } }]);
const after = new TerraformResource(cluster, "after", { terraformResourceType: "terraform_data", dependsOn: [slow] });
after.overrideLogicalId("after");
`;

describe.skipIf(!(await engineIsThere()))("Ctrl-C during an apply", { timeout: 300_000 }, () => {
  test.each([1, 3])("pressed %i times is passed on once, waited for, and leaves no lock", async (times) => {
    const dir = await project({ "main.ts": program("shop", { more: slow }) });
    // The network is made before the slow one is ready.
    const { exitCode, output } = await interrupted(dir, DEPLOY, { seen: /aws_vpc\.cluster created/, times });
    expect(output).toContain("interrupted: finishing running operations");
    expect(exitCode).toBe(130);
    const cwd = join(dir, ".lightfleet/sandbox/clusters/shop");
    expect(existsSync(join(cwd, ".terraform.tfstate.lock.info"))).toBe(false);
    expect(readdirSync(join(cwd, "plans"))).toEqual([]);
    const { document } = await cliJson(dir, ["diff", "--sandbox"]);
    expect(document).toMatchObject({ ok: true, changes: true });
    expect(JSON.stringify(document)).toContain("terraform_data.after");
    expect(JSON.stringify(document)).not.toContain('"aws_vpc.cluster"');
  });
});

test("Ctrl-C ends a program that never ends", async () => {
  const dir = await project({ "main.ts": `process.stderr.write("here\\n"); for (;;) {}` });
  const { exitCode } = await interrupted(dir, DEPLOY, { seen: /here/ });
  expect(exitCode).toBe(null);
});

test("Ctrl-C while an account is asked is told as what it is", async () => {
  const account = await openStandIn();
  onTestFinished(() => account.close());
  const asked = new Promise<void>((done) => {
    // There is always another page.
    account.wire.answer = ({ action }) => {
      if (action !== "DescribeImages") return CALLER;
      done();
      return {
        status: 200,
        body: '<DescribeImagesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><imagesSet/><nextToken>on</nextToken></DescribeImagesResponse>',
      };
    };
  });
  const dir = await project({ "main.ts": program("shop") });
  const list = ["image", "list", "--region", "eu-west-1"];
  const { exitCode, output } = await interrupted(dir, list, { seen: asked, env: account.env });
  expect(output).toContain("error LF071 'image list' was interrupted");
  expect(exitCode).toBe(130);
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { CALLER } from "../live/caller.js";
import type { Answer, Call } from "../live/wire.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn, type StandIn } from "./stand-in.js";

/** How the replacement of a fleet's VMs stands at one look. */
interface Look {
  readonly id?: string;
  readonly state: string;
  readonly percent: number;
  readonly reason?: string;
}

const answer = (action: string, result: string): Answer => ({
  status: 200,
  body: `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result>${result}</${action}Result></${action}Response>`,
});
const template = (version: number): string =>
  `<LaunchTemplate><LaunchTemplateId>lt-1</LaunchTemplateId><Version>${version}</Version></LaunchTemplate>`;
const tag = (key: string, value: string): string => `<member><Key>${key}</Key><Value>${value}</Value></member>`;

/** A group of one healthy VM, from the version of the launch template that the group has, or from the one before. */
const group = (
  fleet: string,
  old: boolean,
): string => `<member><AutoScalingGroupName>shop-${fleet}</AutoScalingGroupName>
<MinSize>1</MinSize><MaxSize>1</MaxSize><DesiredCapacity>1</DesiredCapacity>${template(2)}<Instances><member>
<InstanceId>i-${fleet}</InstanceId><LifecycleState>InService</LifecycleState><HealthStatus>Healthy</HealthStatus>
<AvailabilityZone>eu-west-1a</AvailabilityZone>${template(old ? 1 : 2)}</member></Instances>
<Tags>${tag("lightfleet:cluster", "shop")}${tag("lightfleet:fleet", fleet)}</Tags></member>`;

/** What became of the replacement before, which AWS tells of until there is another. */
const BEFORE: Look = { id: "0", state: "Failed", percent: 10, reason: "an old story" };

/** Answers as AWS does while the VMs of `core` are replaced, one look after the other; the last one stays. */
function replacing(...looks: readonly Look[]): (call: Call) => Answer {
  const open = [BEFORE, ...looks];
  return ({ action }) => {
    const [now] = open;
    const old = now?.state !== "Successful";
    if (action === "DescribeAutoScalingGroups")
      return answer(action, `<AutoScalingGroups>${group("control", false)}${group("core", old)}</AutoScalingGroups>`);
    if (action === "DescribeInstances")
      return {
        status: 200,
        body: '<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet/></DescribeInstancesResponse>',
      };
    if (action !== "DescribeInstanceRefreshes") return CALLER;
    if (open.length > 1) open.shift();
    const { id = "1", state = "", percent = 0, reason } = now ?? {};
    return answer(
      action,
      `<InstanceRefreshes><member><InstanceRefreshId>${id}</InstanceRefreshId><AutoScalingGroupName>shop-core</AutoScalingGroupName>
<Status>${state}</Status><PercentageComplete>${percent}</PercentageComplete>${reason === undefined ? "" : `<StatusReason>${reason}</StatusReason>`}</member></InstanceRefreshes>`,
    );
  };
}

describe.skipIf(!(await engineIsThere()))("a deploy that replaces VMs", { timeout: 300_000 }, () => {
  let account: StandIn;
  beforeAll(async () => {
    account = await openStandIn();
  });
  afterAll(() => account.close());

  test("waits for them and tells how far they are, and says why it came to no good end", async () => {
    const source = (openFiles: number, max = 1): string =>
      program("shop").replace("size: 1 });", `size: { min: 1, max: ${max} }, os: { openFiles: ${openFiles} } });`);
    const dir = await project({ "main.ts": source(65_536) });
    const deploy = async (openFiles: number, ...more: string[]) => {
      await writeFile(join(dir, "main.ts"), source(openFiles));
      return cliJson(dir, ["deploy", "--yes", ...more], account.env);
    };
    expect((await deploy(65_536, "--no-wait")).document).toMatchObject({ ok: true });

    account.wire.answer = replacing(
      { state: "Pending", percent: 0 },
      { state: "InProgress", percent: 40 },
      { state: "Successful", percent: 100 },
    );
    const done = await deploy(131_072);
    expect(done.document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
    expect(done.stderr).toMatch(/core 1\/1 VMs healthy, replacing VMs: Pending 0 %\n[^]*core .*InProgress 40 %\n/);

    const reason = "Failed since 1 instances were not healthy for 300 seconds";
    account.wire.answer = replacing({ state: "Failed", percent: 30, reason });
    const failed = await deploy(262_144);
    expect(failed).toMatchObject({ exitCode: 1, document: { error: { code: "LF606" } } });
    expect(failed.document).toMatchObject({
      error: { message: `the replacement of VMs in shop/core ended as 'Failed' at 30 %: ${reason}` },
    });

    account.wire.answer = replacing({ state: "Cancelled", percent: 60, reason: "Cancelled by user" });
    expect((await deploy(524_288)).document).toMatchObject({
      error: { code: "LF606", message: /'Cancelled' at 60 %/ },
    });
    // What was applied is applied: nothing is left to do, and nothing to wait for.
    expect((await deploy(524_288)).document).toMatchObject({ ok: true, clusters: [{ applied: false }] });

    // A group whose VMs are still of two kinds gets another size: what became of the replacement before is no news.
    account.wire.answer = replacing();
    await writeFile(join(dir, "main.ts"), source(524_288, 2));
    const resized = await cliJson(dir, ["deploy", "--yes"], account.env);
    expect(resized.document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
    expect(resized.stderr).not.toContain("an old story");
  });
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { emptyAccount } from "../live/caller.js";
import { rawProject } from "../live/raw-project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn, type StandIn } from "./stand-in.js";

const QUEUE = { resource: { aws_sqs_queue: { jobs: { name: "jobs" } } } };

describe.skipIf(!(await engineIsThere()))("a state file of 0 bytes", { timeout: 300_000 }, () => {
  let account: StandIn;
  const tags = (items: string): void => {
    account.wire.answer = (call) => {
      if (call.action === "DescribeTags")
        return {
          status: 200,
          body: `<DescribeTagsResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><tagSet>${items}</tagSet></DescribeTagsResponse>`,
        };
      if (call.action === "DescribeParameters")
        return { status: 200, body: '{"Parameters":[]}', type: "application/x-amz-json-1.1" };
      return emptyAccount(call);
    };
  };
  beforeAll(async () => {
    account = await openStandIn();
  });
  afterAll(() => account.close());
  const run = async (dir: string, ...args: string[]) => (await cliJson(dir, args, account.env)).document;

  test("of a first apply that was cut off: what the account has is listed by tag, and nothing is made", async () => {
    const { dir } = await rawProject(QUEUE);
    await writeFile(join(dir, "terraform.shop.tfstate"), "");
    tags(
      "<item><resourceId>vpc-0a</resourceId><resourceType>vpc</resourceType><key>lightfleet:cluster</key><value>shop</value></item>",
    );
    for (const verb of [["diff"], ["deploy", "--yes", "--no-wait"], ["destroy", "--yes"]])
      expect(await run(dir, ...verb)).toMatchObject({
        error: {
          code: "LF649",
          message: /vpc vpc-0a/,
          hint: expect.stringContaining("lightfleet:cluster,Values=shop"),
        },
      });
    tags("");
    expect(await run(dir, "deploy", "--yes", "--no-wait")).toMatchObject({ ok: true, clusters: [{ applied: true }] });
  });

  test("where there was a state before: it is lost, and not taken for none", async () => {
    const { dir } = await rawProject(QUEUE);
    tags("");
    await writeFile(join(dir, "terraform.shop.tfstate"), "");
    await writeFile(join(dir, "terraform.shop.tfstate.backup"), '{"version":4}');
    expect(await run(dir, "deploy", "--yes", "--no-wait")).toMatchObject({
      error: { code: "LF622", message: expect.stringContaining("0 bytes"), hint: expect.stringContaining(".backup") },
    });
  });
});

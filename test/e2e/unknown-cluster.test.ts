import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { emptyAccount } from "../live/caller.js";
import { rawProject } from "../live/raw-project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn, type StandIn } from "./stand-in.js";

const settings = [{ Name: "/lightfleet/shop/settings", Type: "String", Value: '{"bucket":"lightfleet-shop-1"}' }];

/** The account has the cluster's settings, and the state, which is another checkout's, is not there. */
describe.skipIf(!(await engineIsThere()))("a cluster that the state knows nothing of", { timeout: 300_000 }, () => {
  let account: StandIn;
  beforeAll(async () => {
    account = await openStandIn();
  });
  afterAll(() => account.close());

  test("is neither made again nor said to be gone, unless that is asked for", async () => {
    const { dir } = await rawProject({ resource: { aws_sqs_queue: { jobs: { name: "jobs" } } } });
    const run = async (...args: string[]) => (await cliJson(dir, args, account.env)).document;
    for (const verb of ["drift", "outputs", "destroy --yes"])
      expect((await cli(dir, verb.split(" "), account.env)).stdout).toContain("shop: not deployed\n");

    account.wire.answer = (call) =>
      call.action === "GetParameters"
        ? {
            ...{ status: 200, type: "application/x-amz-json-1.1" },
            body: JSON.stringify({ Parameters: settings, InvalidParameters: [] }),
          }
        : emptyAccount(call);
    for (const verb of ["diff", "deploy --yes --no-wait", "drift", "outputs", "destroy --yes"])
      expect({ verb, document: await run(...verb.split(" ")) }).toMatchObject({
        document: { ok: false, error: { code: "LF621", hint: expect.stringContaining("its state is kept elsewhere") } },
      });
    expect(await run("deploy", "--yes", "--no-wait", "--anew")).toMatchObject({ clusters: [{ applied: true }] });
    // From then on the state knows it.
    expect(await run("diff")).toMatchObject({ ok: true, changes: false });
  });
});

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { rawProject } from "../live/raw-project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn, type StandIn } from "./stand-in.js";

describe.skipIf(!(await engineIsThere()))("what was cut off in mid-file", { timeout: 300_000 }, () => {
  let account: StandIn;
  beforeAll(async () => {
    account = await openStandIn();
  });
  afterAll(() => account.close());

  test("is refused where it is the state, and made anew where it is the engine's note", async () => {
    const { dir } = await rawProject({ resource: { aws_sqs_queue: { jobs: { name: "jobs" } } } });
    expect((await cliJson(dir, ["deploy", "--yes", "--no-wait"], account.env)).document).toMatchObject({ ok: true });
    const note = join(dir, "cdktf.out/stacks/shop/.terraform/terraform.tfstate");
    await writeFile(note, '{"version":3,"back');
    expect((await cliJson(dir, ["diff"], account.env)).document).toMatchObject({ ok: true });
    expect(JSON.parse(await readFile(note, "utf8"))).toMatchObject({ version: 3 });

    const state = join(dir, "terraform.shop.tfstate");
    await writeFile(state, (await readFile(state, "utf8")).slice(0, 300));
    for (const verb of [["diff"], ["deploy", "--yes", "--no-wait"]])
      expect((await cliJson(dir, verb, account.env)).document).toMatchObject({
        error: { code: "LF622", message: expect.stringContaining("terraform.shop.tfstate") },
      });
  });
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { replacing } from "./groups.js";
import { openStandIn, type StandIn } from "./stand-in.js";

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
    // It was told of, and nothing is at work: what is left is no more than a note.
    const again = await deploy(524_288);
    expect(again).toMatchObject({ exitCode: 0, document: { ok: true, clusters: [{ applied: false }] } });
    expect(again.stderr).toMatch(/note: 1 of 1 VMs of shop\/core are older than their launch template/);
    expect(again.stderr).not.toContain("Cancelled");

    // A group whose VMs are still of two kinds gets another size: what became of the replacement before is no news.
    account.wire.answer = replacing();
    await writeFile(join(dir, "main.ts"), source(524_288, 2));
    const resized = await cliJson(dir, ["deploy", "--yes"], account.env);
    expect(resized.document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
    expect(resized.stderr).not.toContain("an old story");
  });
});

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import { rawProject, type RawDocument } from "../live/raw-project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn, type StandIn } from "./stand-in.js";

/** A bucket and the release in it, as a Lightfleet of that format would have put it there. */
const releaseOf = (bucket: string, version: number, cluster = "shop"): RawDocument => {
  const content = JSON.stringify({ version, cluster, stack: { services: {}, networks: {} } });
  return {
    resource: {
      aws_s3_bucket: { cluster: { bucket } },
      aws_s3_object: { release: { bucket: "${aws_s3_bucket.cluster.id}", key: "release.json", content } },
    },
  };
};

/** The verbs beside `diff` that speak of what the state holds. */
const VERBS = [["drift"], ["deploy", "--yes", "--no-wait"], ["destroy", "--yes"]];

describe.skipIf(!(await engineIsThere()))("a state that another Lightfleet wrote", { timeout: 300_000 }, () => {
  let account: StandIn;
  beforeAll(async () => {
    account = await openStandIn();
  });
  afterAll(() => account.close());

  /** A project whose state is of one document, and whose program is now another. */
  async function deployed(before: RawDocument, now: RawDocument): Promise<string> {
    const { dir, write } = await rawProject(before);
    expect((await cliJson(dir, ["deploy", "--yes", "--no-wait"], account.env)).document).toMatchObject({ ok: true });
    await write(now);
    return dir;
  }
  test("in a newer format is refused by every verb, and told in words; its outputs are still told", async () => {
    const dir = await deployed(releaseOf("newer", 2), releaseOf("newer", 1));
    for (const verb of VERBS)
      expect(await cliJson(dir, verb, account.env)).toMatchObject({
        exitCode: 1,
        document: { ok: false, error: { code: "LF618" } },
      });
    expect((await cli(dir, ["diff"], account.env)).stderr).toBe(
      [
        "error LF618 a newer Lightfleet deployed shop: its release has format 2, and this one reads 1; nothing was done",
        "hint update Lightfleet here to the version that deployed it, or a newer one: npm install lightfleet@latest",
        "",
      ].join("\n"),
    );
    expect((await cliJson(dir, ["outputs"], account.env)).document).toMatchObject({ ok: true });
  });

  test("for another cluster, or under other names for all of its resources, is refused", async () => {
    const foreign = await deployed(releaseOf("blog", 1, "blog"), releaseOf("blog", 1));
    expect((await cliJson(foreign, ["diff"], account.env)).document).toMatchObject({
      error: { code: "LF617", message: expect.stringContaining("the cluster 'blog'") },
    });
    const queue = (name: string): RawDocument => ({ resource: { aws_sqs_queue: { [name]: { name: "jobs" } } } });
    const renamed = await deployed(queue("shop_jobs"), queue("jobs"));
    expect((await cliJson(renamed, ["diff"], account.env)).document).toMatchObject({
      error: { code: "LF617", hint: expect.stringContaining("'moved' blocks") },
    });
  });
});

import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { existsSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cli, cliJson } from "../commands/cli.js";
import type { RunningProvider } from "../contract/running-provider.js";
import { startSandboxProvider } from "../contract/sandbox-provider.js";
import { engineIsThere } from "../terraform/workspace.js";
import { motoIsMissing, startMoto, type Moto } from "./moto.js";
import { rawProject, type RawDocument } from "./raw-project.js";
import { openWire, type Wire } from "./wire.js";

const missing = motoIsMissing() !== undefined || !(await engineIsThere());

/** S3 is moto's, and the lock the engine's own; the sandbox's provider makes the resources, since it takes no time. */
describe.skipIf(missing)("a state in S3", { timeout: 300_000 }, () => {
  let moto: Moto;
  let wire: Wire;
  let provider: RunningProvider;
  beforeAll(async () => {
    [moto, provider] = await Promise.all([startMoto(), startSandboxProvider()]);
    wire = await openWire(moto.url);
  });
  afterAll(async () => {
    await wire.close();
    await provider.close();
    await moto.stop();
  });

  const env = (): NodeJS.ProcessEnv => ({
    ...{ AWS_ENDPOINT_URL: wire.url, AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" },
    ...{ AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null", TF_CLI_CONFIG_FILE: "/dev/null" },
    ...provider.reattach,
  });
  const s3 = (): S3Client =>
    new S3Client({
      ...{ region: "eu-west-1", endpoint: moto.url, forcePathStyle: true },
      credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
    });
  const inBucket = (bucket: string) => ({
    // A network that is gone is not asked for long.
    backend: { s3: { bucket, key: "shop/terraform.tfstate", region: "eu-west-1", use_lockfile: true, max_retries: 1 } },
  });
  const queue = (name: string): RawDocument => ({ resource: { aws_sqs_queue: { [name]: { name } } } });
  const run = async (dir: string, ...args: string[]) => (await cliJson(dir, args, env())).document;

  test("is moved there by bootstrap, and by nothing else; back again neither", async () => {
    const { dir, write } = await rawProject(queue("moving"));
    expect(await run(dir, "deploy", "--yes", "--no-wait")).toMatchObject({ ok: true });
    await write({ ...queue("moving"), ...inBucket("moving-state") });
    expect(await run(dir, "diff")).toMatchObject({
      error: { code: "LF608", hint: expect.stringContaining("lightfleet bootstrap") },
    });
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({ clusters: [{ bucket: "made", moved: true }] });
    expect(existsSync(join(dir, "terraform.shop.tfstate.moved"))).toBe(true);
    expect(await run(dir, "diff")).toMatchObject({ ok: true, changes: false });
    await write(queue("moving"));
    expect(await run(dir, "deploy", "--yes")).toMatchObject({ error: { code: "LF608" } });
  });

  test("is copied by bootstrap from one bucket to another, and refused until then", async () => {
    const { dir, write } = await rawProject({ ...queue("roaming"), ...inBucket("first-state") });
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({ clusters: [{ bucket: "made", moved: false }] });
    expect(await run(dir, "deploy", "--yes", "--no-wait")).toMatchObject({ clusters: [{ applied: true }] });
    const { dir: other, write: writeOther } = await rawProject({ ...queue("roaming"), ...inBucket("first-state") });
    expect(await run(other, "diff")).toMatchObject({ ok: true, changes: false });
    for (const edit of [write, writeOther]) await edit({ ...queue("roaming"), ...inBucket("second-state") });
    const refused = { error: { code: "LF608", hint: expect.stringContaining("copies the state there") } };
    expect(await run(dir, "diff")).toMatchObject(refused);

    const lock = { Bucket: "first-state", Key: "shop/terraform.tfstate.tflock" };
    await s3().send(new PutObjectCommand({ ...lock, Body: "{}" }));
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({ error: { code: "LF601" } });
    expect(await run(dir, "diff")).toMatchObject(refused);
    await s3().send(new DeleteObjectCommand(lock));

    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({
      clusters: [{ bucket: "there", moved: true, from: "s3://first-state/shop/terraform.tfstate" }],
    });
    expect(existsSync(join(dir, "terraform.shop.tfstate"))).toBe(false);
    expect(await run(dir, "diff")).toMatchObject({ ok: true, changes: false });
    const kept = await s3().send(new GetObjectCommand({ Bucket: "first-state", Key: "shop/terraform.tfstate" }));
    expect(await kept.Body?.transformToString()).toContain("roaming");
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({ clusters: [{ changed: [], moved: false }] });

    // Another checkout, which was prepared for the first bucket, finds that it was moved, and what became of it.
    expect(await run(other, "diff")).toMatchObject({ error: { code: "LF608" } });
    expect(await run(other, "bootstrap", "--yes")).toMatchObject({ clusters: [{ bucket: "there", moved: false }] });
    expect(existsSync(join(other, "terraform.shop.tfstate"))).toBe(false);
    expect(await run(other, "diff")).toMatchObject({ ok: true });

    // Out of S3 there is no way but by hand: bootstrap says so too.
    await write(queue("roaming"));
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({
      error: { code: "LF608", hint: expect.stringContaining("by hand") },
    });
  });

  test("goes into a bucket of somebody else, which is asked about first, and keeps how it encrypts", async () => {
    const Bucket = "company-state";
    const rule = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "alias/company" } as const;
    await s3().send(
      new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }),
    );
    await s3().send(
      new PutBucketEncryptionCommand({
        ...{ Bucket },
        ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] },
      }),
    );
    const { dir } = await rawProject({ ...queue("guest"), ...inBucket(Bucket) });
    expect(await run(dir, "bootstrap")).toMatchObject({ error: { code: "LF058" } });
    expect((await s3().send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({
      clusters: [{ bucket: "there", changed: ["versions are kept", "the public is shut out", expect.any(String)] }],
    });
    expect((await s3().send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
    expect(await s3().send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: rule }] },
    });
    // Nothing is left to change, so nothing is left to ask.
    expect(await run(dir, "bootstrap")).toMatchObject({ clusters: [{ bucket: "there", changed: [] }] });
  });

  test("that the network is lost for in mid-apply is kept beside the program, and saved by the next deploy", async () => {
    const slow = {
      depends_on: ["aws_sqs_queue.lost"],
      provisioner: [{ "local-exec": { command: "touch at-work; until [ -e go ]; do sleep 0.1; done" } }],
    };
    const { dir, write } = await rawProject({ ...queue("lost"), ...inBucket("lost-state") });
    await write({ resource: { ...queue("lost").resource, terraform_data: { slow } }, ...inBucket("lost-state") });
    expect(await run(dir, "diff")).toMatchObject({
      error: { code: "LF620", message: "the bucket 'lost-state' of the state is not there" },
    });
    expect(await run(dir, "bootstrap", "--yes")).toMatchObject({ clusters: [{ bucket: "made" }] });
    const place = join(dir, "cdktf.out/stacks/shop");
    const deploying = run(dir, "deploy", "--yes", "--no-wait");
    while (!existsSync(join(place, "at-work"))) await sleep(50);
    await wire.close();
    await writeFile(join(place, "go"), "");
    const lost = await deploying;
    expect(lost).toMatchObject({
      error: {
        code: "LF629",
        message: expect.stringContaining(`could NOT be saved: it is in ${join(place, "errored.tfstate")}`),
        hint: expect.stringContaining("lightfleet unlock ID shop"),
      },
    });
    expect(JSON.stringify(lost)).not.toMatch(/forked state|force-unlock/);
    expect(statSync(join(place, "errored.tfstate")).mode & 0o777).toBe(0o600);

    // The lock could not be given back either: it is told of, and taken away by its name.
    wire = await openWire(moto.url);
    const held = await run(dir, "deploy", "--yes", "--no-wait");
    expect(held).toMatchObject({ error: { code: "LF613", message: expect.stringContaining("holds the lock since") } });
    const id = /lightfleet unlock ([0-9a-f-]{36})/.exec(JSON.stringify(held))?.[1] ?? "";
    expect(await run(dir, "unlock", "00000000", "--yes")).toMatchObject({ error: { code: "LF619" } });
    expect(await run(dir, "unlock", id, "--yes")).toMatchObject({ ok: true, cluster: "shop" });
    const next = await cli(dir, ["deploy", "--yes", "--no-wait"], env());
    expect(next).toMatchObject({ exitCode: 0, stdout: expect.stringContaining("is saved now") });
    expect(next.stdout).toContain("shop: nothing to change");
    expect(statSync(join(place, "errored.tfstate.saved")).mode & 0o777).toBe(0o600);
  });
});

import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { accountIsMissing, MOTO_ACCOUNT, openAccount, type Account } from "./account.js";
import { openWire, type Wire } from "./wire.js";

const region = "eu-west-1";
const STATE = "acme-state";

describe.skipIf(accountIsMissing() !== undefined)(
  "with the real provider and an emulated account",
  { timeout: 900_000 },
  () => {
    let account: Account;
    let wire: Wire;
    let settings: { region: string; endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string } };
    beforeAll(async () => {
      account = await openAccount();
      wire = await openWire(account.url);
      const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = account.env;
      const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
      settings = { region, endpoint: account.url, credentials };
    });
    afterAll(async () => {
      await wire.close();
      await account.stop();
    });

    const source = (options: { image?: string; size?: number }): string =>
      program("shop", options)
        .replace("import { App,", "import { s3, App,")
        .replace(
          "control: { size: 1 }",
          `control: { size: 1 }, account: "${MOTO_ACCOUNT}", state: s3({ bucket: "${STATE}" })`,
        );

    test("a cluster is bootstrapped, locked, deployed, and one service of it released alone", async () => {
      const env = { ...account.env, AWS_ENDPOINT_URL: wire.url };
      const s3 = new S3Client({ ...settings, forcePathStyle: true });
      const dir = await project({ "main.ts": source({}) });

      // The bucket of the state: made once, and private.
      expect((await cliJson(dir, ["bootstrap", "--yes"], env)).document).toMatchObject({
        clusters: [{ id: "shop", bucket: "made", moved: false }],
      });
      expect((await cliJson(dir, ["bootstrap", "--yes"], env)).document).toMatchObject({
        clusters: [{ bucket: "there" }],
      });
      const Bucket = STATE;
      expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
      expect(await s3.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      });
      expect(await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).toMatchObject({
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true, BlockPublicPolicy: true },
      });

      // A lock that somebody else holds: who, and since when; taken away by name.
      const lock = {
        ...{
          ID: "5f4dcc3b-aaaa-bbbb-cccc-000000000001",
          Operation: "OperationTypeApply",
          Info: "",
          Who: "ann@build-7",
        },
        ...{ Version: "1.11.4", Created: "2026-01-02T03:04:05.678Z", Path: `${STATE}/shop/terraform.tfstate` },
      };
      const Key = "shop/terraform.tfstate.tflock";
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: JSON.stringify(lock) }));
      const locked = await cliJson(dir, ["diff"], env);
      expect({ exitCode: locked.exitCode, document: locked.document }).toMatchObject({
        exitCode: 1,
        document: { error: { code: "LF601", hint: expect.stringContaining(lock.ID) } },
      });
      expect(JSON.stringify(locked.document)).toMatch(/ann@build-7 holds the lock since 2026-01-02 03:04:05 UTC/);
      expect((await cliJson(dir, ["unlock", lock.ID, "--yes"], env)).document).toMatchObject({
        ok: true,
        cluster: "shop",
      });

      wire.calls.length = 0;
      const deployed = await cliJson(dir, ["deploy", "--yes", "--no-wait"], env);
      expect({ exitCode: deployed.exitCode, error: deployed.document["error"] }).toEqual({
        exitCode: 0,
        error: undefined,
      });
      expect(deployed.document).toMatchObject({
        clusters: [{ applied: true, outputs: { public_url: { value: expect.stringMatching(/^http:/) } } }],
      });
      const state = await s3.send(new GetObjectCommand({ Bucket, Key: "shop/terraform.tfstate" }));
      expect(JSON.parse((await state.Body?.transformToString()) ?? "")).toMatchObject({ version: 4 });

      const outputs = await cliJson(dir, ["outputs"], env);
      const bucket = readOutput(outputs.document);
      expect(bucket).toMatch(/^lightfleet-shop-/);

      // Another version of one service is another release object, and nothing else.
      const release = async (): Promise<string> => {
        const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: "release.json" }));
        return (await object.Body?.transformToString()) ?? "";
      };
      expect(await release()).toContain("web:1");
      await writeFile(join(dir, "main.ts"), source({ image: "web:2" }));
      const rolled = await cliJson(dir, ["deploy", "--yes", "--no-wait", "--target", "web"], env);
      expect(addresses(rolled.document)).toEqual(["update aws_s3_object.release"]);
      expect(await release()).toContain("web:2");
    });

    test("another account than the cluster's is refused before the engine starts", async () => {
      const dir = await project({
        "main.ts": program("shop").replace("control:", `account: "999999999999", control:`),
      });
      wire.calls.length = 0;
      const { exitCode, document } = await cliJson(dir, ["deploy", "--yes"], {
        ...account.env,
        AWS_ENDPOINT_URL: wire.url,
      });
      expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { error: { code: "LF600" } } });
      expect(Object.keys(wire.counts())).toEqual(["GetCallerIdentity"]);
    });
  },
);

interface Change {
  readonly action: string;
  readonly address: string;
}

function addresses(document: Record<string, unknown>): string[] {
  const { clusters } = document as { clusters: { summary: { changes: Change[] } }[] };
  const changes = clusters.flatMap(({ summary }) => summary.changes);
  // The emulator fills hooks with values of its own, which every plan takes out again.
  return changes
    .filter(({ address }) => !address.includes("lifecycle_hook"))
    .map((one) => `${one.action} ${one.address}`);
}

function readOutput(document: Record<string, unknown>): string {
  const { clusters } = document as { clusters: { outputs: { bucket: { value: string } } }[] };
  return clusters[0]?.outputs.bucket.value ?? "";
}

import { AutoScalingClient, UpdateAutoScalingGroupCommand } from "@aws-sdk/client-auto-scaling";
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateTagsCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  RegisterImageCommand,
  RevokeSecurityGroupIngressCommand,
} from "@aws-sdk/client-ec2";
import {
  GetBucketEncryptionCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { installLightfleet, program, project } from "../commands/project.js";
import { accountIsMissing, MOTO_ACCOUNT, openAccount, type Account } from "./account.js";
import { whatIsThere, type Settings } from "./inventory.js";
import { amendMistakes, startRefresh } from "./mistakes.js";
import { permissionsFor } from "./permissions.js";
import { openWire, type Wire } from "./wire.js";

const region = "eu-west-1";
const STATE = "acme-state";
const SHOP = fileURLToPath(new URL("../../examples/shop", import.meta.url));

/** The example's own program, each step of its life a test: they go in this order. */
describe.skipIf(accountIsMissing() !== undefined)(
  "the shop, with the real provider and an emulated account",
  { timeout: 600_000, shuffle: false },
  () => {
    let account: Account;
    let wire: Wire;
    let settings: Settings;
    let s3: S3Client;
    let env: Record<string, string>;
    let dir: string;
    let source: string;
    let untouched: readonly string[];

    beforeAll(async () => {
      account = await openAccount();
      wire = await openWire(account.url);
      wire.amend = amendMistakes();
      env = { ...account.env, AWS_ENDPOINT_URL: wire.url };
      const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = account.env;
      const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
      settings = { region, endpoint: account.url, credentials };
      s3 = new S3Client({ ...settings, forcePathStyle: true });
      dir = await mkdtemp(join(tmpdir(), "lightfleet-life-"));
      for (const file of ["main.ts", "shop.ts", "cdktf.json"]) await cp(join(SHOP, file), join(dir, file));
      await writeFile(join(dir, "package.json"), '{"type":"module"}');
      await installLightfleet(dir);
      source = await readFile(join(dir, "shop.ts"), "utf8");
      await edit("import { aws,", "import { s3, aws,");
      await edit("tags: {", `account: "${MOTO_ACCOUNT}", state: s3({ bucket: "${STATE}" }), tags: {`);
    });
    afterAll(async () => {
      await wire.close();
      await account.stop();
      await rm(dir, { recursive: true, force: true });
    });

    const edit = async (from: string, to: string): Promise<void> => {
      expect(source).toContain(from);
      source = source.replace(from, to);
      await writeFile(join(dir, "shop.ts"), source);
    };
    /** What commands asked for that only look. */
    const looked = new Set<string>();
    const command = async (...args: string[]) => {
      wire.calls.length = 0;
      const result = await cliJson(dir, args, env);
      const [verb = ""] = args;
      if (verb === "bootstrap" || verb === "image") return result;
      if (/^(diff|drift|outputs|status)$/.test(verb))
        for (const call of wire.calls.filter(({ url }) => !url.startsWith(`/${STATE}`)))
          for (const one of permissionsFor(call)) looked.add(one);
      return result;
    };
    /** Runs a command to its good end. */
    const run = async (...args: string[]) => {
      const { exitCode, document } = await command(...args);
      expect({ exitCode, error: document["error"] }).toEqual({ exitCode: 0, error: undefined });
      return document;
    };
    const deploy = (...args: string[]) => run("deploy", "--yes", "--no-wait", ...args);
    const released = async (): Promise<string> => {
      const { clusters } = (await run("outputs")) as { clusters: { outputs: { bucket: { value: string } } }[] };
      const Bucket = clusters[0]?.outputs.bucket.value;
      const object = await s3.send(new GetObjectCommand({ Bucket, Key: "release.json" }));
      return (await object.Body?.transformToString()) ?? "";
    };

    test("the bucket of its state is made once, and private", async () => {
      const Bucket = STATE;
      expect(await run("bootstrap", "--yes")).toMatchObject({
        clusters: [{ id: "shop", bucket: "made", moved: false }],
      });
      expect(await run("bootstrap", "--yes")).toMatchObject({ clusters: [{ bucket: "there" }] });
      expect(await s3.send(new GetBucketVersioningCommand({ Bucket }))).toMatchObject({ Status: "Enabled" });
      expect(await s3.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
        },
      });
      expect(await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).toMatchObject({
        PublicAccessBlockConfiguration: { RestrictPublicBuckets: true, BlockPublicPolicy: true },
      });
    });

    test("a lock that somebody else holds is told of, and taken away by its name", async () => {
      const lock = {
        ...{ ID: "5f4dcc3b-aaaa-bbbb-cccc-000000000001", Operation: "OperationTypeApply", Who: "ann@build-7" },
        ...{ Info: "", Version: "1.11.4", Created: "2026-01-02T03:04:05.678Z" },
        Path: `${STATE}/shop/terraform.tfstate`,
      };
      const Key = "shop/terraform.tfstate.tflock";
      await s3.send(new PutObjectCommand({ Bucket: STATE, Key, Body: JSON.stringify(lock) }));
      const { exitCode, document } = await command("diff");
      expect({ exitCode, document }).toMatchObject({
        exitCode: 1,
        document: { error: { code: "LF601", hint: expect.stringContaining(lock.ID) } },
      });
      expect(JSON.stringify(document)).toMatch(/ann@build-7 holds the lock since 2026-01-02 03:04:05 UTC/);
      expect(await run("unlock", lock.ID, "--yes")).toMatchObject({ cluster: "shop" });
      untouched = await whatIsThere(settings);
    });

    test("it is deployed, and its state is in the bucket", async () => {
      expect(await deploy()).toMatchObject({
        clusters: [{ applied: true, outputs: { public_url: { value: expect.stringMatching(/^http:/) } } }],
      });
      const state = await s3.send(new GetObjectCommand({ Bucket: STATE, Key: "shop/terraform.tfstate" }));
      expect(JSON.parse((await state.Body?.transformToString()) ?? "")).toMatchObject({ version: 4 });
      expect((await whatIsThere(settings)).length).toBeGreaterThan(untouched.length + 50);
    });

    test("right after its first deploy all is as declared, although providers write null where they read nothing", async () => {
      expect(await run("drift")).toMatchObject({ drift: false, clusters: [{ id: "shop" }] });
      expect(await run("diff")).toMatchObject({ changes: false, clusters: [{ summary: { drift: [] } }] });
    });

    test("a hole that somebody made is drift, whether the state has it by then or not, with what closes it", async () => {
      const ec2 = new EC2Client(settings);
      const Filters = [{ Name: "group-name", Values: ["shop-core"] }];
      const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
      const { GroupId } = SecurityGroups[0] ?? {};
      const hole = { IpProtocol: "tcp", FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: "0.0.0.0/0" }] };
      await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId, IpPermissions: [hole] }));
      const fix = `aws ec2 revoke-security-group-ingress --group-id ${GroupId} --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]' --region ${region}`;
      const found = { address: "aws_security_group.core", declared: true, added: [{ fix }] };
      const lookForIt = async () => {
        const { exitCode, document } = await command("drift");
        const { clusters } = document as { clusters: { fix?: string; resources: { declared: boolean }[] }[] };
        const resources = clusters[0]?.resources.filter(({ declared }) => declared);
        expect({ exitCode, fix: clusters[0]?.fix, resources }).toMatchObject({
          ...{ exitCode: 2, fix: undefined, resources: [found] },
        });
      };
      await lookForIt();
      expect(await run("diff")).toMatchObject({
        ...{ changes: false, clusters: [{ summary: { drift: ["aws_security_group.core"] } }] },
      });
      // The engine takes it over into the state with whatever is applied next.
      await edit("max: 9", "max: 10");
      expect(addresses(await deploy())).toEqual(["update aws_autoscaling_group.core"]);
      await lookForIt();
      await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, IpPermissions: [hole] }));
      expect(await run("drift")).toMatchObject({ drift: false });
    });

    test("its status is what the account says", async () => {
      expect(await run("status")).toMatchObject({
        clusters: [
          {
            id: "shop",
            fleets: [
              { id: "control", desired: 3, group: { healthy: 3 } },
              { id: "core", desired: 3, group: { healthy: 3 } },
              { id: "load", desired: 1, group: { healthy: 1 } },
            ],
            gateways: [{ id: "public" }],
          },
        ],
      });
    });

    test("a fleet is resized, and no other", async () => {
      await edit("min: 3, max: 10", "min: 4, max: 10");
      const changes = addresses(await deploy());
      expect(changes).toEqual(["update aws_autoscaling_group.core"]);
      expect(JSON.stringify(await run("status"))).toContain('"healthy":4');
    });

    test("another image is pinned, and the VMs that boot from it are replaced", async () => {
      const ec2 = new EC2Client(settings);
      const image = { Name: "photon-5.0", Architecture: "x86_64", BootMode: "uefi" } as const;
      const { ImageId = "" } = await ec2.send(new RegisterImageCommand(image));
      const tags = { release: "5.0", arch: "x86_64", "boot-mode": "uefi", digest: `sha256:${"a".repeat(64)}` };
      const Tags = Object.entries(tags).map(([key, Value]) => ({ Key: `lightfleet:${key}`, Value }));
      await ec2.send(new CreateTagsCommand({ Resources: [ImageId], Tags }));
      expect(await run("image", "pin", ImageId)).toMatchObject({ changed: true });

      const refreshed: (string | null)[] = [];
      wire.answer = (call) => {
        const started = startRefresh(call);
        if (started !== undefined) refreshed.push(call.form.get("AutoScalingGroupName"));
        return started;
      };
      const changes = addresses(await deploy());
      wire.answer = undefined;
      expect(changes).toEqual([
        "update aws_autoscaling_group.core",
        "update aws_autoscaling_group.load",
        "update aws_launch_template.core",
        "update aws_launch_template.load",
      ]);
      expect(refreshed.sort()).toEqual(["shop-core", "shop-load"]);
    });

    test("another version of one service is another release object, and nothing else", async () => {
      expect(await released()).toContain("adservice:v0.10.6");
      await edit("image: image(name),", 'image: image(name, name === "adservice" ? "v0.10.7" : undefined),');
      expect(addresses(await deploy("--target", "adservice"))).toEqual(["update aws_s3_object.release"]);
      expect(await released()).toContain("adservice:v0.10.7");
    });

    test("what is changed by hand is found, attribute by attribute, also what the program leaves out, and is put right", async () => {
      const group = { AutoScalingGroupName: "shop-core", MaxSize: 12, NewInstancesProtectedFromScaleIn: true };
      await new AutoScalingClient(settings).send(new UpdateAutoScalingGroupCommand(group));
      const { exitCode, document } = await command("drift");
      expect({ exitCode, document }).toMatchObject({
        exitCode: 2,
        document: { drift: true, clusters: [{ fix: "lightfleet deploy shop" }] },
      });
      expect(document).toMatchObject({
        clusters: [
          {
            resources: expect.arrayContaining([
              expect.objectContaining({ address: "aws_autoscaling_group.core", declared: true }),
            ]),
          },
        ],
      });
      expect(JSON.stringify(document)).toMatch(/"max_size"[^}]*12/);
      expect(JSON.stringify(document)).toMatch(/"protect_from_scale_in"[^}]*"declared":true/);
      expect(addresses(await deploy())).toEqual(["update aws_autoscaling_group.core"]);
      expect(await run("drift")).toMatchObject({ drift: false });
    });

    test("a checkout that has no state of it makes it no second time, and takes it for neither gone nor as declared", async () => {
      const fresh = await mkdtemp(join(tmpdir(), "lightfleet-fresh-"));
      for (const file of ["main.ts", "cdktf.json", "package.json", "lightfleet.lock.json"])
        await cp(join(dir, file), join(fresh, file));
      await writeFile(join(fresh, "shop.ts"), source.replace(`state: s3({ bucket: "${STATE}" }), `, ""));
      await installLightfleet(fresh);
      for (const verb of ["deploy --yes", "drift", "outputs", "destroy --yes"]) {
        const { exitCode, document } = await cliJson(fresh, verb.split(" "), env);
        expect({ verb, exitCode, document }).toMatchObject({
          ...{ exitCode: 1, document: { error: { code: "LF621", message: expect.stringContaining("shop-core") } } },
        });
      }
      await rm(fresh, { recursive: true });
    });

    test("it is destroyed, and nothing of it is left, nor of what its VMs wrote", async () => {
      const ssm = new SSMClient(settings);
      const put = (Name: string, Type: "String" | "SecureString") =>
        ssm.send(new PutParameterCommand({ Name, Type, Value: "{}" }));
      await Promise.all(["manager", "worker"].map((name) => put(`/lightfleet/shop/swarm/${name}`, "SecureString")));
      const rounds = Array.from({ length: 12 }, (_, i) => `election/${i + 1}`);
      await Promise.all(["managers", ...rounds].map((name) => put(`/lightfleet/shop/swarm/${name}`, "String")));
      // Another cluster's, whose name begins alike.
      await put("/lightfleet/shop-2/swarm/manager", "SecureString");
      await run("destroy", "--yes");
      const [Name = "", ...more] = (await whatIsThere(settings)).filter((one) => !untouched.includes(one));
      expect({ Name, more }).toEqual({ Name: "/lightfleet/shop-2/swarm/manager", more: [] });
      await ssm.send(new DeleteParameterCommand({ Name }));
      expect(await whatIsThere(settings)).toEqual(untouched);
    });

    test("verbs that look ask for nothing that changes", () => {
      expect(looked.size).toBeGreaterThan(20);
      expect([...looked].filter((one) => !/:(Describe|Get|List)/.test(one))).toEqual([]);
    });

    test("another account than the cluster's is refused by every verb, before the engine starts", async () => {
      const foreign = await project({
        "main.ts": program("shop").replace("control:", `account: "999999999999", control:`),
      });
      wire.calls.length = 0;
      for (const verb of ["deploy --yes", "status", "image list", "catalog update"]) {
        const { exitCode, document } = await cliJson(foreign, verb.split(" "), env);
        expect({ verb, exitCode, document }).toMatchObject({ exitCode: 1, document: { error: { code: "LF600" } } });
      }
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
  return changes.map(({ action, address }) => `${action} ${address}`).sort();
}

import {
  AutoScalingClient,
  CreateAutoScalingGroupCommand,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";
import { CreateLaunchTemplateCommand, CreateLaunchTemplateVersionCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Model } from "lightfleet";
import { writeModel } from "../../model/write.js";
import { cli, cliJson } from "../commands/cli.js";
import { tempDir } from "../commands/project.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";
import { motoIsMissing, startMoto, type Moto } from "./moto.js";
import { openWire, type Wire } from "./wire.js";

const region = "eu-west-1";
const credentials = { accessKeyId: "test", secretAccessKey: "test" };

describe.skipIf(motoIsMissing() !== undefined)("the status of an account", () => {
  let moto: Moto;
  let wire: Wire;
  let settings: { region: string; endpoint: string; credentials: typeof credentials };
  beforeAll(async () => {
    moto = await startMoto();
    wire = await openWire(moto.url);
    settings = { region, endpoint: moto.url, credentials };
  });
  beforeEach(async () => {
    await moto.reset();
    wire.calls.length = 0;
    wire.answer = undefined;
  });
  afterAll(async () => {
    await wire.close();
    await moto.stop();
  });

  const env = () => ({
    AWS_ENDPOINT_URL: wire.url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });

  /** A launch template, and the groups of a model's fleets, as a deploy would have left them. */
  async function provision(model: Model): Promise<void> {
    const ec2 = new EC2Client(settings);
    const groups = new AutoScalingClient(settings);
    const { LaunchTemplate } = await ec2.send(
      new CreateLaunchTemplateCommand({
        LaunchTemplateName: model.cluster,
        LaunchTemplateData: { ImageId: "ami-12c6146b", InstanceType: "t4g.small" },
      }),
    );
    for (const { id, size, zones } of model.fleets)
      await groups.send(
        new CreateAutoScalingGroupCommand({
          AutoScalingGroupName: `${model.cluster}-${id}`,
          MinSize: size.min,
          MaxSize: size.max,
          DesiredCapacity: size.desired,
          AvailabilityZones: zones,
          LaunchTemplate: { LaunchTemplateId: LaunchTemplate?.LaunchTemplateId, Version: "1" },
          Tags: Object.entries({ "lightfleet:cluster": model.cluster, "lightfleet:fleet": id }).map(([Key, Value]) => ({
            ...{ Key, Value, PropagateAtLaunch: true },
          })),
        }),
      );
  }

  /** What the managers tell, where the settings of the cluster say. */
  async function tell(model: Model, status: object): Promise<void> {
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const Bucket = `${model.cluster}-bucket`;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    await s3.send(new PutObjectCommand({ Bucket, Key: "status.json", Body: JSON.stringify(status) }));
    await new SSMClient(settings).send(
      new PutParameterCommand({
        ...{ Name: `/lightfleet/${model.cluster}/settings`, Type: "String" },
        Value: JSON.stringify({ bucket: Bucket }),
      }),
    );
  }

  /** A folder in which a model was synthesized. */
  async function synthesized(model: Model): Promise<string> {
    const dir = await tempDir();
    const out = join(dir, "cdktf.out");
    const place = join("stacks", model.cluster);
    await mkdir(join(out, model.cluster), { recursive: true });
    await mkdir(join(out, place), { recursive: true });
    const stack = { name: model.cluster, workingDirectory: place, synthesizedStackPath: join(place, "cdk.tf.json") };
    await writeFile(join(dir, "cdktf.json"), '{"app":"main.ts"}');
    await writeFile(join(out, "manifest.json"), JSON.stringify({ stacks: { [model.cluster]: stack } }));
    await writeFile(join(out, model.cluster, "model.json"), writeModel(model));
    return dir;
  }

  const web = { ...{ state: "running", desired: 1, running: 1, image: "web:1", nodes: ["vm-a"], since: 1 } };
  const told = { version: 1, cluster: "shop", at: 1_700_000_000, release: { state: "converged" }, nodes: {} };

  test("fleets, VMs and services are those of the account; what is not deployed is told as a change", async () => {
    const core = { ...fleetModel("core"), size: { min: 1, desired: 3, max: 5 }, zones: ["eu-west-1a", "eu-west-1b"] };
    const model = modelOf([core], [serviceModel("web", ["core"])], []);
    await provision(model);
    await tell(model, { ...told, services: { web } });
    const declared = { ...model, fleets: model.fleets.map((fleet) => ({ ...fleet, size: { ...fleet.size, max: 9 } })) };
    const dir = await synthesized(declared);
    const { exitCode, document, stderr } = await cliJson(dir, ["status"], env());
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(document).toMatchObject({
      clusters: [
        {
          ...{ id: "shop", deployed: true, simulated: false, told: "2023-11-14T22:13:20.000Z" },
          fleets: [
            { id: "control" },
            {
              ...{ id: "core", desired: 3, running: 3 },
              group: { min: 1, max: 5, desired: 3, healthy: 3, template: "1", outdated: 0, refresh: null },
            },
          ],
          services: [{ id: "web", running: { state: "running", tasks: 1, desired: 1 } }],
          differences: { drift: null },
        },
      ],
    });
    expect(JSON.stringify(document)).toContain('{"on":"core","what":"max","from":"5","to":"9"}');
    expect(wire.counts()["DescribeInstances"]).toBe(1);
    const text = (await cli(dir, ["status", "shop"], env())).stdout;
    expect(text).toMatch(/● core +t4g\.small +3\/3 running +3 healthy +a:\d b:\d +template 1/);
    expect(text).toMatch(/◐ core +max +5 -> 9/);
  });

  test("nodes that are not what they say are told", async () => {
    const model = modelOf([fleetModel("core")], [serviceModel("web", ["core"])], []);
    await provision(model);
    const evil = {
      role: "worker",
      state: "ready",
      availability: "drain",
      problem: "gets no work: it says that it is i-2",
    };
    await tell(model, { ...told, services: { web }, nodes: { "ip-10-0-0-5": evil } });
    const dir = await synthesized(model);
    const { document } = await cliJson(dir, ["status"], env());
    expect(document).toMatchObject({ clusters: [{ problems: [{ node: "ip-10-0-0-5", what: evil.problem }] }] });
    expect((await cli(dir, ["status", "shop"], env())).stdout).toMatch(
      /✖ ip-10-0-0-5 +gets no work: it says that it is i-2/,
    );
  });

  test("what runs is told where it is not what was wanted", async () => {
    const model = modelOf([fleetModel("core")], [{ ...serviceModel("web", ["core"]), image: "web:1.29.2" }], []);
    await provision(model);
    const back = { ...web, state: "rolled-back", image: "web:1.29.1", wanted: "web:1.29.2" };
    await tell(model, { ...told, release: { state: "rolled-back" }, services: { web: back } });
    const dir = await synthesized(model);
    expect((await cliJson(dir, ["status"], env())).document).toMatchObject({
      clusters: [{ services: [{ running: { state: "rolled-back", image: "web:1.29.1", wanted: "web:1.29.2" } }] }],
    });
    expect((await cli(dir, ["status"], env())).stdout).toMatch(/✖ web .* web +runs 1\.29\.1, wanted 1\.29\.2/);
  });

  test("a checkout that only looks reads the state where the program keeps it", async () => {
    const core = { ...fleetModel("core"), size: { min: 1, desired: 2, max: 5 }, keepDesired: true };
    const model = modelOf([core], [], []);
    await provision({
      ...model,
      fleets: model.fleets.map((fleet) =>
        fleet.id === "core" ? { ...core, size: { min: 1, desired: 3, max: 5 } } : fleet,
      ),
    });
    const dir = await synthesized(model);
    const backend = { s3: { bucket: "acme-state", key: "shop/terraform.tfstate", region } };
    await writeFile(join(dir, "cdktf.out/stacks/shop/cdk.tf.json"), JSON.stringify({ terraform: { backend } }));
    const bare = await cliJson(dir, ["status"], env());
    expect(bare.document).toMatchObject({ clusters: [{ differences: { drift: null } }] });
    expect((await cli(dir, ["status"], env())).stdout).toContain(
      "drift: not known here ('lightfleet diff' prepares it)",
    );

    const attributes = { min_size: 1, max_size: 5, desired_capacity: 2 };
    const group = { mode: "managed", type: "aws_autoscaling_group", name: "core", instances: [{ attributes }] };
    const control = { ...group, name: "control", instances: [] };
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    const Bucket = backend.s3.bucket;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
    const Body = JSON.stringify({ version: 4, resources: [group, control] });
    await s3.send(new PutObjectCommand({ Bucket, Key: backend.s3.key, Body }));
    expect((await cliJson(dir, ["status"], env())).document).toMatchObject({
      clusters: [{ differences: { change: [], drift: [{ on: "core", what: "desired", from: "2", to: "3" }] } }],
    });

    await s3.send(new PutObjectCommand({ Bucket, Key: backend.s3.key, Body: Body.slice(0, 40) }));
    expect((await cli(dir, ["status"], env())).stdout).toContain(
      "drift: not known here (the state in s3://acme-state/shop/terraform.tfstate cannot be read: it is cut off, or no JSON)",
    );
  });

  test("a bucket that is throttled takes its services alone away, and is told so", async () => {
    const model = modelOf([fleetModel("core")], [serviceModel("web", ["core"])], []);
    await provision(model);
    await tell(model, { ...told, services: { web } });
    wire.answer = ({ url }) =>
      url.includes("status.json") ? { status: 503, body: "<Error><Code>SlowDown</Code></Error>" } : undefined;
    expect((await cliJson(await synthesized(model), ["status"], env())).document).toMatchObject({
      ...{ ok: true, clusters: [{ untold: expect.stringContaining("still throttling s3:GetObject") }] },
    });
  });

  test("another account is refused, and a bucket that cannot be read takes its services alone away", async () => {
    const model = modelOf([fleetModel("core")], [serviceModel("web", ["core"])], []);
    await provision(model);
    await tell(model, { ...told, services: { web } });
    const foreign = await cliJson(await synthesized({ ...model, account: "999999999999" }), ["status"], env());
    expect(foreign.document).toMatchObject({ ok: false, error: { code: "LF600" } });
    expect(wire.counts()).toEqual({ GetCallerIdentity: 1 });

    wire.answer = ({ url }) =>
      url.includes("status.json") ? { status: 403, body: "<Error><Code>AccessDenied</Code></Error>" } : undefined;
    const { document } = await cliJson(await synthesized(model), ["status"], env());
    expect(document).toMatchObject({
      ok: true,
      clusters: [
        {
          fleets: [{ id: "control" }, { id: "core", group: { healthy: 1 } }],
          untold: expect.stringContaining("may not call s3:GetObject"),
        },
      ],
    });
  });

  test("VMs of an older template are told, with the replacement that goes on", async () => {
    const model = modelOf([{ ...fleetModel("core"), size: { min: 1, desired: 2, max: 5 }, keepDesired: true }], [], []);
    await provision(model);
    await new EC2Client(settings).send(
      new CreateLaunchTemplateVersionCommand({
        ...{ LaunchTemplateName: "shop", LaunchTemplateData: { ImageId: "ami-12c6146b", InstanceType: "t4g.large" } },
      }),
    );
    await new AutoScalingClient(settings).send(
      new UpdateAutoScalingGroupCommand({
        AutoScalingGroupName: "shop-core",
        LaunchTemplate: { LaunchTemplateName: "shop", Version: "2" },
      }),
    );
    const refresh =
      "<InstanceRefreshId>1</InstanceRefreshId><AutoScalingGroupName>shop-core</AutoScalingGroupName>" +
      "<Status>InProgress</Status><PercentageComplete>50</PercentageComplete>";
    wire.answer = ({ action }) =>
      action !== "DescribeInstanceRefreshes"
        ? undefined
        : {
            status: 200,
            body: `<DescribeInstanceRefreshesResponse xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><DescribeInstanceRefreshesResult><InstanceRefreshes><member>${refresh}</member></InstanceRefreshes></DescribeInstanceRefreshesResult></DescribeInstanceRefreshesResponse>`,
          };
    const dir = await synthesized(model);
    const { document } = await cliJson(dir, ["status"], env());
    expect(document).toMatchObject({
      clusters: [
        {
          fleets: [
            { id: "control", group: { outdated: 0, refresh: null } },
            {
              id: "core",
              group: { template: "2", outdated: 2, refresh: { state: "InProgress", percent: 50 } },
            },
          ],
        },
      ],
    });
    expect(wire.counts()["DescribeInstanceRefreshes"]).toBe(1);
  });

  test("100 fleets of 10 VMs take one question a page", { timeout: 240_000 }, async () => {
    const fleets = Array.from({ length: 100 }, (_, i) => ({
      ...fleetModel(`f${String(i).padStart(3, "0")}`),
      ...{ size: { min: 10, desired: 10, max: 20 }, zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"] },
    }));
    const model = { ...modelOf(fleets, [], []), fleets };
    await provision(model);
    const dir = await synthesized(model);
    const started = performance.now();
    const { document } = await cliJson(dir, ["status"], env());
    console.info(`status of 100 fleets of 10 VMs: ${Math.round(performance.now() - started)} ms`);
    const [cluster] = document["clusters"] as { fleets: { running: number; group: { healthy: number } }[] }[];
    expect(cluster?.fleets.map(({ running, group }) => [running, group.healthy])).toEqual(fleets.map(() => [10, 10]));
    // A page holds 100 groups. What EC2 knows of each VM is asked for where there are no more than can be read.
    expect(wire.counts()).toEqual({ DescribeAutoScalingGroups: 1, GetParameters: 1 });
  });

  test("what is throttled is asked again, and what is denied is named", async () => {
    const model = modelOf([fleetModel("core")], [], []);
    await provision(model);
    const dir = await synthesized(model);
    const refuse = (status: number, code: string) => ({
      status,
      body: `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors></Response>`,
    });
    let refused = 0;
    wire.answer = ({ action }) =>
      action === "DescribeInstances" && refused++ < 2 ? refuse(503, "RequestLimitExceeded") : undefined;
    expect((await cliJson(dir, ["status"], env())).document).toMatchObject({ ok: true });
    expect(refused).toBe(3);
    wire.answer = ({ action }) => (action === "DescribeInstances" ? refuse(403, "UnauthorizedOperation") : undefined);
    expect((await cliJson(dir, ["status"], env())).document).toMatchObject({
      ...{ ok: false, error: { code: "LF627", message: /ec2:DescribeInstances/ } },
    });
  });

  test("a profile's role is assumed", async () => {
    const model = modelOf([fleetModel("core")], [], []);
    const dir = await synthesized({ ...model, account: "123456789012" });
    const config = `[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = secret
[profile deployer]
role_arn = arn:aws:iam::123456789012:role/deployer
source_profile = base
region = ${region}
`;
    await writeFile(join(dir, "config"), config);
    const { document } = await cliJson(dir, ["status"], {
      ...{ AWS_ENDPOINT_URL: wire.url, AWS_CONFIG_FILE: join(dir, "config"), AWS_PROFILE: "deployer" },
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    expect(document).toMatchObject({ ok: true });
    expect(Object.keys(wire.counts())).toEqual(expect.arrayContaining(["AssumeRole", "GetCallerIdentity"]));
  });

  test("without credentials, and without a network, it says so", async () => {
    const dir = await synthesized(modelOf([fleetModel("core")], [], []));
    const nobody = {
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      AWS_EC2_METADATA_DISABLED: "true",
    };
    const lost = await cliJson(dir, ["status"], { ...nobody, AWS_ENDPOINT_URL: wire.url });
    expect(lost.document).toMatchObject({ ok: false, error: { code: "LF625" } });
    const noProfile = { ...nobody, AWS_ENDPOINT_URL: wire.url, AWS_PROFILE: "nope" };
    expect((await cliJson(dir, ["status"], noProfile)).document).toMatchObject({
      error: { code: "LF625", message: expect.stringContaining("the profile 'nope'") },
    });
    const dark = await cliJson(dir, ["status"], { ...env(), AWS_ENDPOINT_URL: "http://127.0.0.1:9" });
    expect(dark.document).toMatchObject({ ok: false, error: { code: "LF629" } });
  });
});

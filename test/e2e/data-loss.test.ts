import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { rawProject, type RawDocument } from "../live/raw-project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn, type StandIn } from "./stand-in.js";
import { atTerminal, scriptIsThere } from "./terminal.js";

const disk = (zone: string): object => ({ availability_zone: zone, size: 8 });
const queue = { aws_sqs_queue: { jobs: { name: "jobs" } } };

/** Fleets, of which the VMs of one keep the volume `carts` by the release that goes with them into a bucket. */
const fleets = (bucket: string, keeper: string, machine: string, ...others: string[]): RawDocument => {
  const placement = { constraints: [`node.labels.lightfleet.fleet == ${keeper}`] };
  const redis = { volumes: [{ type: "volume", source: "carts", target: "/data" }], deploy: { placement } };
  const stack = { services: { redis }, networks: {}, volumes: { carts: {} } };
  const content = JSON.stringify({ version: 1, cluster: "shop", stack });
  const each = (block: (id: string) => object): Record<string, object> =>
    Object.fromEntries([keeper, ...others].map((id) => [id, block(id)]));
  const template = (id: string): string => `\${aws_launch_template.${id}`;
  return {
    resource: {
      aws_s3_bucket: { cluster: { bucket } },
      aws_s3_object: { release: { bucket: "${aws_s3_bucket.cluster.id}", key: "release.json", content } },
      aws_launch_template: each((id) => ({ name: `shop-${id}`, image_id: "ami-12c6146b", instance_type: machine })),
      aws_autoscaling_group: each((id) => ({
        ...{ name: `shop-${id}`, min_size: 1, max_size: 2, availability_zones: ["eu-west-1a"] },
        launch_template: { id: `${template(id)}.id}`, version: `${template(id)}.latest_version}` },
      })),
    },
  };
};

/** A deploy to an account, where the sandbox's provider answers in place of AWS: the sandbox itself asks for nothing. */
describe.skipIf(!(await engineIsThere()))("what holds data goes by its name alone", { timeout: 300_000 }, () => {
  let account: StandIn;
  let env: StandIn["env"];
  beforeAll(async () => {
    account = await openStandIn();
    ({ env } = account);
  });
  afterAll(() => account.close());

  test("replaced and destroyed: refused, with a wrong name too, and let go with the right one", async () => {
    const { dir, write } = await rawProject({ resource: { ...queue, aws_ebs_volume: { orders: disk("eu-west-1a") } } });
    const deploy = (...more: string[]) => cliJson(dir, ["deploy", "--yes", "--no-wait", ...more], env);
    expect((await deploy()).document).toMatchObject({ ok: true, clusters: [{ applied: true }] });

    await write({ resource: { ...queue, aws_ebs_volume: { orders: disk("eu-west-1b") } } });
    const refused = await deploy();
    expect(refused).toMatchObject({
      exitCode: 1,
      document: { error: { code: "LF604", hint: expect.stringContaining("--allow-destroy orders") } },
    });
    expect(refused.document).toMatchObject({ error: { message: /replace aws_ebs_volume\.orders \(a disk\)/ } });
    expect((await deploy("--allow-destroy", "jobs")).document).toMatchObject({ error: { code: "LF604" } });
    expect((await deploy("--allow-destroy", "orders")).document).toMatchObject({
      clusters: [{ applied: true, summary: { counts: { replace: 1 } } }],
    });
    expect((await deploy()).document).toMatchObject({ clusters: [{ applied: false }] });

    expect((await cliJson(dir, ["destroy", "--yes"], env)).document).toMatchObject({ error: { code: "LF604" } });
    const names = ["--allow-destroy", "orders", "--allow-destroy", "jobs"];
    expect((await cliJson(dir, ["destroy", "--yes", ...names], env)).document).toMatchObject({ ok: true });
  });

  test("VMs that keep a volume: not replaced, and their fleet not renamed, but by its name", async () => {
    const { dir, write } = await rawProject(fleets("kept", "core", "m7g.large"));
    const deploy = (...more: string[]) => cliJson(dir, ["deploy", "--yes", "--no-wait", ...more], env);
    expect((await deploy()).document).toMatchObject({ ok: true, clusters: [{ applied: true }] });

    await write(fleets("kept", "core", "m7g.xlarge"));
    expect((await deploy()).document).toMatchObject({
      error: { code: "LF604", message: /replace the VMs of aws_autoscaling_group\.core \(what VMs keep of 'carts'\)/ },
    });
    expect((await deploy("--allow-destroy", "core")).document).toMatchObject({ clusters: [{ applied: true }] });

    await write(fleets("kept", "core2", "m7g.xlarge"));
    expect((await deploy()).document).toMatchObject({
      error: { code: "LF604", message: /destroy aws_autoscaling_group\.core / },
    });
    expect((await deploy("--allow-destroy", "core")).document).toMatchObject({ clusters: [{ applied: true }] });
  });

  test("a service that leaves the fleet whose VMs keep its volume: by its own name, before that fleet can go", async () => {
    const { dir, write } = await rawProject(fleets("left", "store", "m7g.large"));
    const deploy = (...more: string[]) => cliJson(dir, ["deploy", "--yes", "--no-wait", ...more], env);
    expect((await deploy()).document).toMatchObject({ ok: true, clusters: [{ applied: true }] });

    await write(fleets("left", "back", "m7g.large", "store"));
    expect((await deploy()).document).toMatchObject({
      error: {
        code: "LF604",
        message: /leave behind the data of redis \(what VMs of store keep of 'carts'\)/,
        hint: expect.stringContaining("--allow-destroy redis"),
      },
    });
    expect((await deploy("--allow-destroy", "redis")).document).toMatchObject({ clusters: [{ applied: true }] });

    await write(fleets("left", "back", "m7g.large"));
    expect((await deploy()).document).toMatchObject({ clusters: [{ applied: true }] });
    await write(fleets("left", "store", "m7g.large"));
    expect((await deploy()).document).toMatchObject({
      error: {
        code: "LF604",
        message: /destroy aws_autoscaling_group\.back /,
        hint: expect.not.stringMatching("redis"),
      },
    });
  });

  test.skipIf(!scriptIsThere())("at a terminal it asks for the name, and takes no other", async () => {
    const { dir, write } = await rawProject({ resource: { ...queue, aws_ebs_volume: { orders: disk("eu-west-1a") } } });
    expect((await cliJson(dir, ["deploy", "--yes", "--no-wait"], env)).document).toMatchObject({ ok: true });
    await write({ resource: queue });
    const wrong = await atTerminal(dir, "deploy --no-wait", [[/to let it go: /, "yes\n"]], env);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.output).toMatch(/nothing of [\w-]+ was changed/);
    const right = await atTerminal(
      ...([dir, "deploy --no-wait"] as const),
      [
        [/to let it go: /, "orders\n"],
        [/\[y\/N\]/, "y\n"],
      ],
      env,
    );
    expect(right.exitCode).toBe(0);
    expect((await cliJson(dir, ["diff"], env)).document).toMatchObject({ changes: false });
  });
});

import { describe, expect, test } from "vitest";
import { dataLosses, type Deployed } from "../../../../stacks/aws/plan/data-loss.js";
import type { Mount } from "../../../../stacks/aws/plan/mounts.js";
import { summarize, type PlannedAction, type PlannedChange, type PlanSummary } from "../../../../terraform/summary.js";
import { awsClassifier } from "../../../../stacks/aws/plan/classifier.js";

function plan(action: PlannedAction, ...addresses: string[]): PlanSummary {
  const counts = { destroy: 0, replace: 0, forget: 0, update: 0, create: 0, move: 0 };
  const changes = addresses.map((address) => {
    const [type = "", name = ""] = address.split(".");
    return classified({ address, type, name, action, forcedBy: [], createFirst: false, attributes: [] });
  });
  return { counts: { ...counts, [action]: changes.length }, changes, outputs: [], drift: [] };
}

/** A change with what the platform knows of its type, as a summary of a plan has it. */
function classified(change: PlannedChange): PlannedChange {
  const [role, stores] = [awsClassifier.role(change), awsClassifier.stores(change.type)];
  return { ...change, ...(role !== undefined && { role }), ...(stores !== undefined && { stores }) };
}

const nothing: Deployed = {
  mounts: [],
  sizes: new Map([["aws_autoscaling_group.core", 3]]),
  left: [],
  acknowledged: [],
};
const redis: Mount = {
  service: "redis",
  volumes: ["carts"],
  constraints: ["node.labels.lightfleet.fleet == core"],
};

test("what keeps data is named, with the cluster's own bucket left out", () => {
  const summary = plan(
    "destroy",
    "aws_efs_file_system.uploads",
    "aws_s3_bucket.cluster",
    "aws_s3_bucket.photos",
    "aws_ecr_repository.builds",
    "aws_cognito_user_pool.customers",
    "aws_vpc.cluster",
  );
  expect(dataLosses(summary, nothing)).toMatchObject([
    { name: "uploads", action: "destroy", what: "a file system" },
    { name: "photos", what: "a bucket" },
    { name: "builds", what: "a repository of images" },
    { name: "customers", what: "a pool of users" },
  ]);
});

test("a name that several have lets none of them go: each is asked for by its address", () => {
  const summary = plan("destroy", "aws_s3_bucket.media", "aws_sqs_queue.media", "aws_sqs_queue.jobs");
  expect(dataLosses(summary, nothing).map(({ name }) => name)).toEqual([
    "aws_s3_bucket.media",
    "aws_sqs_queue.media",
    "jobs",
  ]);
});

test("a change in place loses nothing, a replacement does", () => {
  expect(dataLosses(plan("update", "aws_db_instance.main"), nothing)).toEqual([]);
  expect(dataLosses(plan("replace", "aws_db_instance.main"), nothing)).toMatchObject([{ action: "replace" }]);
});

test("a fleet counts where deployed services keep volumes on its VMs", () => {
  const summary = plan("destroy", "aws_autoscaling_group.core", "aws_autoscaling_group.edge");
  expect(dataLosses(summary, { ...nothing, mounts: [redis] })).toMatchObject([
    { name: "core", action: "destroy", what: "what VMs keep of 'carts'" },
  ]);
});

describe("VMs that are replaced in batches", () => {
  const group = (change: object): PlanSummary =>
    summarize(
      {
        ...{ format_version: "1.2", resource_drift: [], output_changes: {}, errored: false },
        resource_changes: [
          {
            ...{ address: "aws_autoscaling_group.core", mode: "managed", type: "aws_autoscaling_group", name: "core" },
            change: { actions: ["update"], ...change },
          },
        ],
      },
      awsClassifier,
    );
  const rolled = group({
    before: { launch_template: [{ version: "1" }] },
    after: { launch_template: [{}] },
    after_unknown: { launch_template: [{ version: true }] },
  });
  const acknowledged = (code: string, on: string | null) => ({
    ...{ ...nothing, mounts: [redis] },
    acknowledged: [{ code, on, reason: "." }],
  });
  const asked = [{ name: "core", action: "roll", what: "what VMs keep of 'carts'" }];

  test.each([
    ["that hold a volume are a loss", rolled, { ...nothing, mounts: [redis] }, asked],
    ["that hold none are not", rolled, nothing, []],
    [
      "of another size are the same VMs",
      group({ before: { max_size: 3 }, after: { max_size: 5 } }),
      { ...nothing, mounts: [redis] },
      [],
    ],
    ["are none where the service may lose its files", rolled, acknowledged("LF208", "redis"), []],
    ["are none where all of the cluster may", rolled, acknowledged("LF208", null), []],
    ["are one where another service may", rolled, acknowledged("LF208", "web"), asked],
    ["are one where another finding is taken", rolled, acknowledged("LF207", "redis"), asked],
  ])("%s", (_, summary, deployed, losses) => {
    expect(dataLosses(summary, deployed)).toMatchObject(losses);
  });

  test("a fleet that goes is a loss all the same", () => {
    expect(dataLosses(plan("destroy", "aws_autoscaling_group.core"), acknowledged("LF208", null))).toHaveLength(1);
  });
});

test("a fleet that gets smaller, or leaves a zone, ends VMs with what is on them", () => {
  const change = (path: string, before: unknown, after: unknown): PlanSummary => {
    const summary = plan("update", "aws_autoscaling_group.core");
    const attributes = [{ path, sensitive: false, unknown: false, before, after }];
    return { ...summary, changes: summary.changes.map((one) => ({ ...one, attributes })) };
  };
  const deployed: Deployed = { ...nothing, mounts: [redis] };
  const losses = [
    change("desired_capacity", 3, 2),
    change("max_size", 9, 2),
    change("vpc_zone_identifier", ["a", "b"], ["a"]),
  ];
  for (const summary of losses) expect(dataLosses(summary, deployed)).toMatchObject([{ name: "core", action: "thin" }]);
  for (const summary of [
    ...[change("desired_capacity", 2, 3), change("default_cooldown", 300, 60)],
    // A maximum above what there is ends nothing.
    ...[change("max_size", 9, 3), change("max_size", 5, 4), change("max_size", 2, 4)],
  ])
    expect(dataLosses(summary, deployed)).toEqual([]);
  expect(dataLosses(change("max_size", 5, 4), { ...deployed, sizes: new Map() })).toMatchObject([{ action: "thin" }]);
  const acknowledged = [{ code: "LF208", on: "redis", reason: "a cache" }];
  expect(dataLosses(losses[0]!, { ...deployed, acknowledged })).toEqual([]);
});

describe("what a service leaves on VMs that stay", () => {
  const left = [{ service: "redis", volumes: ["carts"], fleets: ["core", "edge"] }];
  const moved: Deployed = { ...nothing, mounts: [redis], left };
  const release = plan("update", "aws_s3_object.release");
  const on = (fleets: string) => [
    { name: "redis", address: "service.redis", action: "leave", what: `what VMs of ${fleets} keep of 'carts'` },
  ];

  test("is a loss by the service's name", () => {
    expect(dataLosses(release, moved)).toEqual(on("core, edge"));
  });

  test("is the fleet's where that goes with the same plan", () => {
    expect(dataLosses(plan("destroy", "aws_autoscaling_group.edge"), moved)).toEqual(on("core"));
    const both = dataLosses(plan("destroy", "aws_autoscaling_group.core", "aws_autoscaling_group.edge"), moved);
    expect(both).toMatchObject([{ name: "core", action: "destroy" }]);
  });

  test("is none where the service may lose its files", () => {
    const acknowledged = [{ code: "LF208", on: "redis", reason: "a cache" }];
    expect(dataLosses(release, { ...moved, acknowledged })).toEqual([]);
  });

  test("goes by its address where something else that is lost has its name", () => {
    const losses = dataLosses(plan("destroy", "aws_db_instance.redis"), moved);
    expect(losses.map(({ name }) => name)).toEqual(["aws_db_instance.redis", "service.redis"]);
  });
});

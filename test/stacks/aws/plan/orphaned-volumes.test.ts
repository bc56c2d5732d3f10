import { describe, expect, test } from "vitest";
import { leftBehind } from "../../../../stacks/aws/plan/orphaned-volumes.js";
import type { Model } from "../../../../model/schema.js";
import { releaseBundle } from "../../../../node/release.js";
import { planSchema } from "../../../../terraform/plan-schema.js";
import { fleetModel, modelOf, serviceModel } from "../../../program/random-model.js";

const fleets = ["core", "edge", "back"];
const service = (id: string, on: string[], ...volumes: string[]) => ({
  ...serviceModel(id, on),
  volumes: Object.fromEntries(volumes.map((volume) => [`/${volume}`, volume])),
});
const modelWith = (...services: Model["services"]): Model => ({
  ...modelOf(
    fleets.map((id) => fleetModel(id)),
    services,
    [],
  ),
  volumes: [
    { id: "carts", kind: "node" },
    { id: "spool", kind: "node" },
    { id: "uploads", kind: "shared" },
  ],
});
const content = (model: Model): string => JSON.stringify(releaseBundle(model, { volumeHosts: new Map() }));

/** What is left by a plan from one model to another, on the fleets that are there before it. */
const left = (from: Model, to: Model, { actions = ["update"], known = true, there = ["core", "edge"] } = {}) => {
  const address = "aws_s3_object.release";
  const group = (name: string) => ({
    ...{ address: `aws_autoscaling_group.${name}`, mode: "managed", type: "aws_autoscaling_group", name },
  });
  const plan = planSchema.parse({
    format_version: "1.2",
    resource_changes: [
      {
        ...{ address, type: "aws_s3_object", name: "release" },
        change: { actions, after: known ? { content: content(to) } : {} },
      },
    ],
    prior_state: {
      values: {
        root_module: { resources: [...there.map(group), { address, values: { content: content(from) } }] },
      },
    },
  });
  return leftBehind(plan, () => Promise.resolve(to));
};
const redis = modelWith(service("redis", ["core"], "carts"));

describe("VMs keep what their service reads no more", () => {
  test.each([
    ["on another fleet", modelWith(service("redis", ["back"], "carts"))],
    ["with another volume", modelWith(service("redis", ["core"], "spool"))],
    ["with a shared one", modelWith(service("redis", ["core"], "uploads"))],
    ["without any", modelWith(service("redis", ["core"]))],
    ["when it is gone", modelWith(service("web", ["core"]))],
    ["with its volume on another fleet", modelWith(service("cache", ["edge"], "carts"))],
    ["although another one mounts it", modelWith(service("redis", ["core"]), service("copy", ["core"], "carts"))],
  ])("%s", async (_, next) => {
    const expected = [{ service: "redis", volumes: ["carts"], fleets: ["core"] }];
    expect(await left(redis, next)).toEqual(expected);
    expect(await left(redis, next, { known: false })).toEqual(expected);
    expect(await left(redis, next, { actions: ["delete", "create"] })).toEqual(expected);
  });

  test("of some fleets and some volumes", async () => {
    const wide = modelWith(service("agent", ["core", "edge"], "carts", "spool"));
    expect(await left(wide, modelWith(service("agent", ["edge"], "carts", "spool")))).toEqual([
      { service: "agent", volumes: ["carts", "spool"], fleets: ["core"] },
    ]);
    expect(await left(wide, modelWith(service("agent", ["core", "edge"], "spool")))).toEqual([
      { service: "agent", volumes: ["carts"], fleets: ["core", "edge"] },
    ]);
  });
});

describe("nothing is left", () => {
  test.each([
    ["where it stays", redis],
    ["where it may run on more fleets", modelWith(service("redis", ["core", "edge"], "carts"))],
    ["where it has another name", modelWith(service("cache", ["core"], "carts"))],
  ])("%s", async (_, next) => {
    expect(await left(redis, next)).toEqual([]);
    expect(await left(redis, next, { known: false })).toEqual([]);
  });

  test("where the plan has no release, or takes it away with all else", async () => {
    const next = modelWith(service("redis", ["back"], "carts"));
    expect(await left(redis, next, { actions: ["no-op"] })).toEqual([]);
    expect(await left(redis, next, { actions: ["delete"] })).toEqual([]);
  });
});

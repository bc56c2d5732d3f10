import { expect, test } from "vitest";
import { readDeclared } from "../../../stacks/aws/plan/declared.js";
import { tellApart } from "../../../operations/status/differences.js";
import type { FleetStatus } from "../../../stacks/platform/status.js";
import { parseState } from "../../../stacks/aws/plan/deployed.js";
import { watchStatus } from "../../../operations/status/watch.js";
import { LightfleetError } from "../../../errors/error.js";
import { fleetModel, modelOf } from "../../program/random-model.js";

const resource = (type: string, name: string, attributes: object) => ({
  ...{ mode: "managed", type, name, instances: [{ attributes }] },
});
const state = JSON.stringify({
  version: 4,
  resources: [
    resource("aws_autoscaling_group", "core", { min_size: 1, max_size: 3, desired_capacity: 2 }),
    resource("aws_launch_template", "core", {
      instance_type: "t4g.small",
      image_id: "resolve:ssm:/x",
      latest_version: 4,
    }),
    resource("aws_s3_object", "release", {
      content: JSON.stringify({ version: 1, stack: { services: { web: { image: "web:1" } } } }),
    }),
  ],
});
const release = (stack: object): string => JSON.stringify({ version: 1, stack });
const declared = readDeclared({
  resource: {
    aws_s3_object: { release: { key: "release.json", content: release({ services: { web: { image: "web:2" } } }) } },
  },
});
const core = { ...fleetModel("core"), size: { min: 1, max: 9, desired: 2 }, keepDesired: true };
const model = modelOf([core], [], []);
const group = { ...{ min: 1, max: 3, desired: 3, healthy: 3, template: "5", outdated: 0 }, refresh: null };
const fleet: FleetStatus = {
  id: "core",
  role: "worker",
  machine: "t4g.small",
  desired: 2,
  running: 3,
  spot: 0,
  zones: {},
  instances: [],
  group,
};

test("a number of VMs that no deploy sets is neither a change nor drift, but where bounds move it", () => {
  const scales = (size: typeof core.size) => ({ ...model, fleets: [{ ...core, size, keepDesired: false }] });
  const told = (size: typeof core.size) =>
    tellApart(scales(size), { fleets: [fleet], gateways: [] }, parseState(state), undefined);
  expect(told({ min: 1, max: 3, desired: 1 })).toMatchObject({ change: [], drift: [{ what: "template" }] });
  expect(told({ min: 4, max: 9, desired: 5 }).change).toEqual([
    { on: "core", what: "min", from: "1", to: "4" },
    { on: "core", what: "desired", from: "2", to: "4" },
    { on: "core", what: "max", from: "3", to: "9" },
  ]);
});

test("a change goes from what was deployed to the program, drift to what is there", () => {
  const { change, drift } = tellApart(
    { ...model, fleets: [core] },
    { fleets: [fleet], gateways: [] },
    parseState(state),
    declared,
  );
  expect(change).toEqual([
    { on: "core", what: "max", from: "3", to: "9" },
    { on: "web", what: "image", from: "web:1", to: "web:2" },
  ]);
  expect(drift).toEqual([
    { on: "core", what: "desired", from: "2", to: "3" },
    { on: "core", what: "template", from: "4", to: "5" },
  ]);
});

test("without a state, nothing is known of drift", () => {
  expect(parseState("")).toBeUndefined();
  expect(parseState('{"version":5}')).toBeUndefined();
  const there = { fleets: [fleet], gateways: [] };
  expect(tellApart({ ...model, fleets: [core] }, there, undefined, declared)).toEqual({
    change: [
      { on: "core", what: "desired", from: "3", to: "2" },
      { on: "core", what: "max", from: "3", to: "9" },
    ],
    drift: null,
  });
});

test("a group that is gone is drift", () => {
  const there = { fleets: [{ ...fleet, group: null }], gateways: [] };
  expect(tellApart(model, there, parseState(state), declared).drift).toEqual([
    { on: "core", what: "fleet", from: "deployed", to: "(none)" },
  ]);
});

test("a watch outlives a look that fails, and ends well when it is interrupted", async () => {
  const abort = new AbortController();
  const seen: (string | undefined)[] = [];
  let looks = 0;
  const look = async () => {
    if (++looks === 2) throw new LightfleetError("dark", { code: "LF629", kind: "external" });
    return [];
  };
  const onStatus = (_: unknown, trouble?: LightfleetError): void => {
    seen.push(trouble?.message);
    if (seen.length === 3) abort.abort();
  };
  await watchStatus(look, { every: "1s", onStatus }, abort.signal);
  expect(seen).toEqual([undefined, "dark", undefined]);
  const idle = { every: "5", onStatus: () => undefined };
  await expect(watchStatus(look, idle, abort.signal)).rejects.toMatchObject({ code: "LF050" });
});

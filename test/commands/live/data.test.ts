import { expect, test } from "vitest";
import { dataLosses } from "../../../commands/live/data.js";
import type { Model } from "../../../model/schema.js";
import type { PlannedAction, PlanSummary } from "../../../terraform/summary.js";
import { fleetModel, modelOf, serviceModel } from "../../program/random-model.js";

function plan(action: PlannedAction, ...addresses: string[]): PlanSummary {
  const counts = { destroy: 0, replace: 0, forget: 0, update: 0, create: 0, move: 0 };
  const changes = addresses.map((address) => {
    const [type = "", name = ""] = address.split(".");
    return { address, type, name, action, forcedBy: [], createFirst: false, attributes: [] };
  });
  return { counts: { ...counts, [action]: changes.length }, changes, outputs: [], drift: [] };
}

test("what keeps data is named, with the cluster's own bucket left out", () => {
  const summary = plan(
    "destroy",
    "aws_efs_file_system.uploads",
    "aws_s3_bucket.cluster",
    "aws_s3_bucket.photos",
    "aws_vpc.cluster",
  );
  expect(dataLosses(summary, modelOf([], [], []))).toMatchObject([
    { name: "uploads", action: "destroy", what: "a file system" },
    { name: "photos", what: "a bucket" },
  ]);
});

test("a change in place loses nothing, a replacement does", () => {
  expect(dataLosses(plan("update", "aws_db_instance.main"), modelOf([], [], []))).toEqual([]);
  expect(dataLosses(plan("replace", "aws_db_instance.main"), modelOf([], [], []))).toMatchObject([
    { action: "replace" },
  ]);
});

test("a fleet counts where services keep volumes on its VMs", () => {
  const redis = { ...serviceModel("redis", ["core"]), volumes: { "/data": "carts" } };
  const fleets = [fleetModel("core"), fleetModel("edge")];
  const model: Model = { ...modelOf(fleets, [redis], []), volumes: [{ id: "carts", kind: "node" }] };
  const summary = plan("destroy", "aws_autoscaling_group.core", "aws_autoscaling_group.edge");
  expect(dataLosses(summary, model)).toMatchObject([{ name: "core", what: "what VMs keep of 'carts'" }]);
});

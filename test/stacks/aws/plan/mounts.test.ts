import { expect, test } from "vitest";
import { deployedMounts, mayRunOn } from "../../../../stacks/aws/plan/mounts.js";
import type { Model } from "../../../../model/schema.js";
import { releaseBundle } from "../../../../node/release.js";
import { planSchema } from "../../../../terraform/plan-schema.js";
import { fleetModel, modelOf, serviceModel } from "../../../program/random-model.js";

const holding = (content: unknown) =>
  planSchema.parse({
    format_version: "1.2",
    prior_state: {
      values: { root_module: { resources: [{ address: "aws_s3_object.release", values: { content } }] } },
    },
  });

test("services of a release that write to disks of VMs are found, with the fleets that they are on", () => {
  const service = (id: string, on: string[], volume?: string) => ({
    ...serviceModel(id, on),
    ...(volume !== undefined && { volumes: { "/data": volume } }),
  });
  const services = [
    service("agent", ["core", "edge"], "spool"),
    service("files", ["core"], "uploads"),
    service("redis", ["core"], "carts"),
    service("web", ["edge"]),
  ];
  const fleets = [fleetModel("control"), fleetModel("core"), fleetModel("edge")];
  const model: Model = {
    ...modelOf(fleets, services, []),
    volumes: [
      { id: "carts", kind: "node" },
      { id: "spool", kind: "node" },
      { id: "uploads", kind: "shared" },
    ],
  };
  const release = releaseBundle(model, { volumeHosts: new Map([["uploads", "fs.example"]]) });
  const mounts = deployedMounts(holding(JSON.stringify(release)));
  const on = (fleet: string) => mounts.filter((mount) => mayRunOn(fleet, mount)).flatMap(({ volumes }) => volumes);
  expect({ control: on("control"), core: on("core"), edge: on("edge") }).toEqual({
    ...{ control: [], core: ["spool", "carts"], edge: ["spool"] },
  });
});

test.each([undefined, null, "x", "{}", '{"stack":{"services":{}}}'])(
  "a state without a release has none: %s",
  (content) => {
    expect(deployedMounts(holding(content))).toEqual([]);
  },
);

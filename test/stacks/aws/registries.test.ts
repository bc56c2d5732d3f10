import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ecrRegion, ecrRegions } from "../../../stacks/aws/registries.js";
import { fleetPolicies } from "../../../stacks/aws/policies.js";
import { fleetModel, modelOf, serviceModel } from "../../program/random-model.js";

/** The same hosts that the programs of VMs are tested with. */
const { hosts, others } = z
  .object({ hosts: z.record(z.string(), z.string()), others: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(new URL("../../node/programs/ecr-hosts.json", import.meta.url), "utf8")));

const core = fleetModel("core");
const modelWith = (...images: string[]) =>
  modelOf(
    [core],
    images.map((image, index) => ({ ...serviceModel(`s${index}`, ["core"]), image })),
    [],
  );

test.each(Object.entries(hosts))("%s is a registry of ECR in %s", (host, region) => {
  expect(ecrRegion(host)).toBe(region);
});

test.each(others)("%j is no registry of ECR", (host) => {
  expect(ecrRegion(host)).toBeUndefined();
});

describe("the VMs of a cluster may pull images", () => {
  const resources = (...images: string[]): unknown => {
    const { inline } = fleetPolicies(modelWith(...images), core, {
      bucketArn: "${aws_s3_bucket.b.arn}",
      releaseKey: "r",
    });
    const { Statement } = JSON.parse(inline) as { Statement: { Sid: string; Resource: unknown }[] };
    return Statement.find(({ Sid }) => Sid === "PullImages")?.Resource;
  };

  test("of their own region, as ever", () => {
    const own = "arn:aws:ecr:eu-west-1:*:repository/*";
    expect(resources("web:1", "ghcr.io/acme/web:1")).toBe(own);
    expect(resources("999999999999.dkr.ecr.eu-west-1.amazonaws.com/web:1")).toBe(own);
    expect(resources("123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example/web:1")).toBe(own);
  });

  test("of the other regions that their services' images are in", () => {
    expect(
      resources("123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1", "123456789012.dkr-ecr.ap-south-1.on.aws/api:1"),
    ).toEqual(["eu-west-1", "ap-south-1", "us-east-1"].map((region) => `arn:aws:ecr:${region}:*:repository/*`));
  });

  test("and of no other partition, whose accounts their role is none of", () => {
    expect(ecrRegions(modelWith("123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn/web:1"))).toEqual(["eu-west-1"]);
  });
});

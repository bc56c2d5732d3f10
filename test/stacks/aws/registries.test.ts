import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { ecrRegion, ecrRegions, pullsFromEcr } from "../../../stacks/aws/registries.js";
import { fleetPolicies, pullPolicy } from "../../../stacks/aws/policies.js";
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

const bucket = {
  bucketArn: "${aws_s3_bucket.b.arn}",
  releaseKey: "r",
  pull: "${aws_iam_role.cluster_pull.arn}",
} as const;

interface Said {
  readonly Sid: string;
  readonly Action: unknown;
  readonly Resource: unknown;
}
const read = (policy: string): Said[] => (JSON.parse(policy) as { Statement: Said[] }).Statement;

test("workers may not ask ECR for anything: they pull by the tokens that managers give their services", () => {
  const model = modelWith("123456789012.dkr.ecr.us-east-1.amazonaws.com/web:1");
  expect(fleetPolicies(model, core, bucket).inline).not.toContain("ecr:");
  const control = model.fleets.find(({ role }) => role === "control")!;
  expect(read(fleetPolicies(model, control, bucket).inline)).toContainEqual({
    Sid: "PullAs",
    Effect: "Allow",
    Action: ["sts:AssumeRole"],
    Resource: ["${aws_iam_role.cluster_pull.arn}"],
  });
});

test("the role for that is made where images are of ECR, or may be", () => {
  expect(pullsFromEcr(modelWith("web:1", "ghcr.io/acme/web:1"))).toBe(false);
  expect(pullsFromEcr(modelWith("web:1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1"))).toBe(true);
  const [service] = modelWith("web:1").services;
  const unknown = { ...service!, image: { terraform: "${aws_ecr_repository.web.repository_url}:1" } };
  expect(pullsFromEcr(modelOf([core], [unknown], []))).toBe(true);
});

describe("the role that managers pull by may read images", () => {
  const resources = (...images: string[]): unknown =>
    read(pullPolicy(modelWith(...images))).find(({ Sid }) => Sid === "PullImages")?.Resource;

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

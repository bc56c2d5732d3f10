import { type App, aws, Cluster, Fleet, Service } from "lightfleet";
import { expect, test } from "vitest";
import { resourcesOf } from "../../program/document.js";
import { findingsOf, synthesize } from "../../program/synthesize.js";

const BOUNDARY = "arn:aws:iam::123456789012:policy/shop-boundary";

const declare =
  (permissionsBoundary: string | undefined, region = "eu-west-1") =>
  (app: App): void => {
    const shop = new Cluster(app, "shop", {
      platform: aws({ region, ...(permissionsBoundary && { permissionsBoundary }) }),
    });
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    const image = `123456789012.dkr.ecr.${region}.amazonaws.com/web:1`;
    new Service(shop, "web", { on: core, image, memory: "64MiB" });
  };

test("all roles of a cluster have the permissions boundary that the program names, and none without one", () => {
  const boundaries = (given: string | undefined) =>
    Object.entries(resourcesOf(synthesize(declare(given)).document, "aws_iam_role")).map(([name, role]) => [
      name,
      role["permissions_boundary"],
    ]);
  expect(boundaries(BOUNDARY).sort()).toEqual([
    ["cluster_pull", BOUNDARY],
    ["control", BOUNDARY],
    ["core", BOUNDARY],
  ]);
  expect(boundaries(undefined).map(([, boundary]) => boundary)).toEqual([undefined, undefined, undefined]);
});

test.each([
  ["the ARN of a role", "arn:aws:iam::123456789012:role/shop-boundary", "eu-west-1"],
  ["a name", "shop-boundary", "eu-west-1"],
  ["a policy of another partition", BOUNDARY, "cn-north-1"],
])("%s is no permissions boundary (LF645)", (_, arn, region) => {
  expect(findingsOf(declare(arn, region)).map(({ code }) => code)).toContain("LF645");
});

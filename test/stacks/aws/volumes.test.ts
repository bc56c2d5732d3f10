import { type App, aws, Cluster, Fleet, Service, Volume } from "lightfleet";
import { expect, test } from "vitest";
import { resourceAt, textAt } from "../../program/document.js";
import { synthesize } from "../../program/synthesize.js";

test("the file system of a shared volume is for whoever comes by its mount targets, and for nobody else", () => {
  const { document } = synthesize((app: App) => {
    const shop = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1" }) });
    const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
    const files = new Volume(shop, "files", { shared: true });
    new Service(shop, "web", { on: core, image: "web:1", memory: "64MiB", volumes: { "/files": files } });
  });
  const policy = resourceAt(document, "aws_efs_file_system_policy.files");
  expect(policy["file_system_id"]).toBe("${aws_efs_file_system.files.id}");
  expect(JSON.parse(textAt(policy, "policy"))).toMatchObject({
    Statement: [
      {
        Effect: "Allow",
        Resource: "${aws_efs_file_system.files.arn}",
        Condition: { Bool: { "elasticfilesystem:AccessedViaMountTarget": "true" } },
      },
    ],
  });
});

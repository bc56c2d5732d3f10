import { describe, expect, test } from "vitest";
import { leaderPrograms } from "../../../node/programs.js";
import { resourceAt, statementsOf, textAt } from "../../program/document.js";
import { examples } from "../../program/examples.js";
import { small } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";

describe.each(examples)("the bucket of examples/$name", ({ run }) => {
  test("is private", async () => {
    const { document } = await run();
    expect(resourceAt(document, "aws_s3_bucket_public_access_block.cluster")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(resourceAt(document, "aws_s3_bucket_ownership_controls.cluster")).toMatchObject({
      rule: { object_ownership: "BucketOwnerEnforced" },
    });
  });

  test("is versioned and encrypted", async () => {
    const { document } = await run();
    expect(resourceAt(document, "aws_s3_bucket_versioning.cluster")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
    expect(resourceAt(document, "aws_s3_bucket_server_side_encryption_configuration.cluster")).toMatchObject({
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } }],
    });
  });

  test("is closed to all that speak without TLS", async () => {
    const [only, ...others] = statementsOf(resourceAt((await run()).document, "aws_s3_bucket_policy.cluster"));
    expect(others).toEqual([]);
    expect(only).toEqual({
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: ["s3:*"],
      Resource: ["${aws_s3_bucket.cluster.arn}", "${aws_s3_bucket.cluster.arn}/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test("holds the release bundle, made after versioning", async () => {
    const { document, model } = await run();
    const object = resourceAt(document, "aws_s3_object.release");
    expect(object).toMatchObject({ key: "release.json", depends_on: ["aws_s3_bucket_versioning.cluster"] });
    expect(object).toMatchObject({ content: "${local.release}", metadata: { sha256: "${sha256(local.release)}" } });
    expect(document.locals["release"]).toContain(`{"version":1,"cluster":"${model.cluster}"`);
  });

  test("holds the programs of the leading manager, under the name of what they are", async () => {
    const { document } = await run();
    const object = resourceAt(document, "aws_s3_object.programs");
    const { text, digest } = leaderPrograms();
    expect(object).toMatchObject({ key: `programs/${digest}.json`, lifecycle: { create_before_destroy: true } });
    expect(JSON.parse(textAt(object, "content"))).toEqual(JSON.parse(text));
  });
});

test("a long cluster name stays within what S3 allows", () => {
  const { document } = synthesize((app) => {
    small(app);
  });
  expect(textAt(resourceAt(document, "aws_s3_bucket.cluster"), "bucket_prefix")).toBe("lightfleet-shop-");
});

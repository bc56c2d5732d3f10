import { describe, expect, test } from "vitest";
import { bucketChanges, type BucketSettings } from "../../../../stacks/aws/state/bucket-changes.js";
import { withTlsOnly } from "../../../../stacks/aws/state/bucket-policy.js";

const bucket = { bucket: "acme-state", region: "eu-west-1" };
const bare: BucketSettings = { own: false, versioned: false, closed: false, owned: false };
const ready: BucketSettings = { own: false, versioned: true, encryption: "AES256", closed: true, owned: true };
const kmsKey = "arn:aws:kms:eu-west-1:123456789012:key/1";

test.each([
  ["a bare one lacks all", bucket, bare, true, ["versioning", "encryption", "access", "ownership"]],
  ["one that is so already stays as it is", bucket, ready, true, []],
  ["another key than AWS's own stays", bucket, { ...ready, encryption: "aws:kms" }, true, []],
  ["also where the program names one, at a bucket of somebody else", { ...bucket, kmsKey }, ready, true, []],
  ["at our own it becomes the program's", { ...bucket, kmsKey }, { ...ready, own: true }, true, ["encryption"]],
  ["with TLS there is a policy", bucket, ready, false, ["policy"]],
])("%s", (_, target, settings, plainHttp, kinds) => {
  expect(bucketChanges(target, settings, plainHttp).map(({ kind }) => kind)).toEqual(kinds);
});

describe("the policy of a bucket", () => {
  const read = { Sid: "Auditors", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" };
  const merge = (present: object | undefined): unknown => {
    const merged = withTlsOnly(present && JSON.stringify(present), "acme-state", "eu-west-1");
    return merged === undefined ? undefined : JSON.parse(merged);
  };
  const tls = expect.objectContaining({
    ...{ Sid: "TlsOnly", Effect: "Deny", Resource: ["arn:aws:s3:::acme-state", "arn:aws:s3:::acme-state/*"] },
  });

  test.each([
    ["none yet", undefined, { Version: "2012-10-17", Statement: [tls] }],
    [
      "another's statements stay, and so does all else",
      { Version: "2008-10-17", Id: "audit", Statement: [read] },
      { Version: "2008-10-17", Id: "audit", Statement: [read, tls] },
    ],
    [
      "one statement without a list",
      { Version: "2012-10-17", Statement: read },
      { Version: "2012-10-17", Statement: [read, tls] },
    ],
    ["there already, in the owner's own form", { Statement: [read, { Sid: "TlsOnly", Effect: "Deny" }] }, undefined],
  ])("%s", (_, present, expected) => {
    expect(merge(present)).toEqual(expected);
  });

  test("names the bucket in the region's partition", () => {
    expect(withTlsOnly(undefined, "acme-state", "cn-north-1")).toContain("arn:aws-cn:s3:::acme-state");
  });
});

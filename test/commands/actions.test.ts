import * as storage from "@aws-sdk/client-s3";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { actionFor, BUCKET_SETTINGS, deniedResource, policyFor } from "../../stacks/aws/api/actions.js";

/** The actions that IAM has for buckets and objects (the service authorization reference of S3). */
const IAM: readonly string[] = JSON.parse(
  readFileSync(new URL("../fixtures/iam/s3-actions.json", import.meta.url), "utf8"),
);
/** The actions that a policy document in docs/iam allows. */
function allowedBy(file: string): readonly string[] {
  const text = readFileSync(new URL(`../../docs/iam/${file}`, import.meta.url), "utf8");
  const { Statement }: { Statement: { Action: string[] }[] } = JSON.parse(text);
  return [...new Set(Statement.flatMap(({ Action }) => Action))].sort();
}

const named = Object.keys(storage).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
/** What `docs/iam` allows of these services is called there as the SDKs call it. */
const SERVICES: Readonly<Record<string, string>> = {
  ...{ autoscaling: "Auto Scaling", ec2: "EC2", elasticloadbalancing: "Elastic Load Balancing v2", iam: "IAM" },
  ...{ logs: "CloudWatch Logs", ssm: "SSM" },
};

test("what S3 is asked for has an action that IAM knows, whatever the SDK calls it", () => {
  const buckets = named.filter((name) => !NOT_OF_BUCKETS.test(name));
  expect(buckets.length).toBeGreaterThan(80);
  expect(buckets.filter((name) => !IAM.includes(actionFor("S3", name).replace("s3:", "")))).toEqual([]);
});

/** Directory buckets, tables of metadata, annotations and answers of Lambda have services or actions of their own. */
const NOT_OF_BUCKETS =
  /Session|DirectoryBuckets|Metadata|WriteGetObjectResponse|Abac|RenameObject|Annotation|UpdateObjectEncryption/;

test("what the deployer's policies allow is what a refused call would be told to need", () => {
  const allowed = [...allowedBy("deployer-1.json"), ...allowedBy("deployer-2.json")];
  const ofStorage = allowed.flatMap((action) => /^s3:(.*)/.exec(action)?.[1] ?? []);
  expect(ofStorage.filter((action) => !IAM.includes(action))).toEqual([]);
  const others = allowed.filter((action) => !action.startsWith("s3:")).map((action) => action.split(":"));
  for (const [prefix = "", operation = ""] of others)
    expect(actionFor(SERVICES[prefix] ?? prefix, operation)).toBe(`${prefix}:${operation}`);
});

test.each([
  ["PutBucketEncryption", "s3:PutEncryptionConfiguration"],
  ["DeleteBucketEncryption", "s3:PutEncryptionConfiguration"],
  ["PutPublicAccessBlock", "s3:PutBucketPublicAccessBlock"],
  ["PutBucketLifecycleConfiguration", "s3:PutLifecycleConfiguration"],
  ["DeleteBucketLifecycle", "s3:PutLifecycleConfiguration"],
  ["DeleteBucketPolicy", "s3:DeleteBucketPolicy"],
  ["GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"],
  ["HeadBucket", "s3:ListBucket"],
  ["ListObjectsV2", "s3:ListBucket"],
  ["HeadObject", "s3:GetObject"],
  ["UploadPart", "s3:PutObject"],
  ["CreateBucket", "s3:CreateBucket"],
])("%s needs %s", (operation, action) => expect(actionFor("S3", operation)).toBe(action));

test("each setting of a bucket has one row", () => {
  expect(new Set(BUCKET_SETTINGS.map(({ query }) => query)).size).toBe(BUCKET_SETTINGS.length);
});

test("a policy is on what AWS says it refused, and on everything where it does not say", () => {
  const text = "no: iam:CreateRole on resource: arn:aws:iam::1:role/a because no identity-based policy allows it";
  const role = { action: "iam:CreateRole", resource: deniedResource(text) };
  expect(policyFor([role, role])).toBe(
    'a policy that allows it: {"Effect": "Allow", "Action": "iam:CreateRole", "Resource": "arn:aws:iam::1:role/a"}',
  );
  expect(deniedResource("logs:CreateLogGroup on resource: *")).toBeUndefined();
  expect(deniedResource("on resource: arn:aws:iam::1:role/a.")).toBe("arn:aws:iam::1:role/a");
  expect(policyFor([role, { action: "ec2:RunInstances" }])).toBe(
    'a policy that allows them: [{"Effect": "Allow", "Action": "iam:CreateRole", "Resource": "arn:aws:iam::1:role/a"}, {"Effect": "Allow", "Action": "ec2:RunInstances", "Resource": "*"}]',
  );
});

/** A setting of a bucket, by the three names that it has. */
interface BucketSetting {
  /** In the query of a request. */
  readonly query: string;
  /** In operations of the SDK, after their verb. */
  readonly operation: RegExp;
  /** In actions of policies, after their verb. */
  readonly action: string;
}

const setting = (query: string, operation: RegExp, action: string): BucketSetting => ({ query, operation, action });

/** What the service authorization reference of S3 has for the settings of a bucket. */
export const BUCKET_SETTINGS: readonly BucketSetting[] = [
  setting("accelerate", /^BucketAccelerateConfiguration$/, "AccelerateConfiguration"),
  setting("acl", /^BucketAcl$/, "BucketAcl"),
  setting("analytics", /^BucketAnalyticsConfigurations?$/, "AnalyticsConfiguration"),
  setting("cors", /^BucketCors$/, "BucketCORS"),
  setting("encryption", /^BucketEncryption$/, "EncryptionConfiguration"),
  setting("intelligent-tiering", /^BucketIntelligentTieringConfigurations?$/, "IntelligentTieringConfiguration"),
  setting("inventory", /^BucketInventoryConfigurations?$/, "InventoryConfiguration"),
  setting("lifecycle", /^BucketLifecycle(Configuration)?$/, "LifecycleConfiguration"),
  setting("location", /^BucketLocation$/, "BucketLocation"),
  setting("logging", /^BucketLogging$/, "BucketLogging"),
  setting("metrics", /^BucketMetricsConfigurations?$/, "MetricsConfiguration"),
  setting("notification", /^BucketNotification(Configuration)?$/, "BucketNotification"),
  setting("object-lock", /^ObjectLockConfiguration$/, "BucketObjectLockConfiguration"),
  setting("ownershipControls", /^BucketOwnershipControls$/, "BucketOwnershipControls"),
  setting("policy", /^BucketPolicy$/, "BucketPolicy"),
  setting("publicAccessBlock", /^PublicAccessBlock$/, "BucketPublicAccessBlock"),
  setting("replication", /^BucketReplication$/, "ReplicationConfiguration"),
  setting("requestPayment", /^BucketRequestPayment$/, "BucketRequestPayment"),
  setting("tagging", /^BucketTagging$/, "BucketTagging"),
  setting("versioning", /^BucketVersioning$/, "BucketVersioning"),
  setting("website", /^BucketWebsite$/, "BucketWebsite"),
];

/** Settings whose end is an action of its own; the others are put as nothing. */
const ENDED: readonly string[] = ["BucketPolicy", "BucketWebsite"];

/** Operations on objects that are allowed by another word. */
const OBJECTS: Readonly<Record<string, string>> = {
  ...{
    HeadBucket: "ListBucket",
    ListObjects: "ListBucket",
    ListObjectsV2: "ListBucket",
    ListBuckets: "ListAllMyBuckets",
  },
  ...{ ListObjectVersions: "ListBucketVersions", ListMultipartUploads: "ListBucketMultipartUploads" },
  ...{ ListParts: "ListMultipartUploadParts", HeadObject: "GetObject", SelectObjectContent: "GetObject" },
  ...{ CopyObject: "PutObject", CreateMultipartUpload: "PutObject", CompleteMultipartUpload: "PutObject" },
  ...{ UploadPart: "PutObject", UploadPartCopy: "PutObject", DeleteObjects: "DeleteObject" },
};

/** What policies call the services whose SDK has another name. */
const PREFIXES: Readonly<Record<string, string>> = {
  "application auto scaling": "application-autoscaling",
  "cloudwatch logs": "logs",
  efs: "elasticfilesystem",
  "elastic load balancing v2": "elasticloadbalancing",
  eventbridge: "events",
  opensearch: "es",
  sfn: "states",
};

/**
 * The action of policies that allows a call.
 * @param service as the SDKs name it, as in `Elastic Load Balancing v2`
 * @param operation as in `PutBucketEncryption`
 */
export function actionFor(service: string, operation: string): string {
  const name = service.trim().toLowerCase();
  const prefix = PREFIXES[name] ?? name.replaceAll(" ", "");
  return `${prefix}:${prefix === "s3" ? ofStorage(operation) : operation}`;
}

function ofStorage(operation: string): string {
  const [, verb = "", what = ""] = /^(Get|List|Put|Delete)(.+)$/.exec(operation) ?? [];
  const action = BUCKET_SETTINGS.find((one) => one.operation.test(what))?.action;
  if (action === undefined) return OBJECTS[operation] ?? operation;
  const ends = verb === "Delete" && ENDED.includes(action);
  return `${ends ? "Delete" : verb === "Get" || verb === "List" ? "Get" : "Put"}${action}`;
}

/** What was refused. */
export interface Denied {
  readonly action: string;
  /** As AWS names it, where it does. */
  readonly resource?: string | undefined;
}

/** The resource that AWS says an action was refused on, as in `… on resource: arn:aws:… because …`. */
export const deniedResource = (text: string): string | undefined =>
  /on resource: "?(arn:[^\s"]+)/.exec(text)?.[1]?.replace(/[.,;]+$/, "");

/** The least policy that allows what was refused; on everything where AWS did not say on what. */
export function policyFor(denied: readonly Denied[]): string {
  const told = denied.filter(({ resource }) => resource !== undefined);
  const untold = denied.filter(({ resource }) => resource === undefined);
  const statements = [
    ...(told.length > 0
      ? [
          statement(
            told,
            told.flatMap(({ resource }) => resource ?? []),
          ),
        ]
      : []),
    ...(untold.length > 0 ? [statement(untold, ["*"])] : []),
  ];
  const [first = ""] = statements;
  const them = new Set(denied.map(({ action }) => action)).size > 1 ? "them" : "it";
  return `a policy that allows ${them}: ${statements.length === 1 ? first : `[${statements.join(", ")}]`}`;
}

const statement = (denied: readonly Denied[], resources: readonly string[]): string =>
  `{"Effect": "Allow", "Action": ${oneOrAll(denied.map(({ action }) => action))}, "Resource": ${oneOrAll(resources)}}`;

function oneOrAll(texts: readonly string[]): string {
  const all = [...new Set(texts)].sort().map((text) => JSON.stringify(text));
  return all.length === 1 ? (all[0] ?? "") : `[${all.join(", ")}]`;
}

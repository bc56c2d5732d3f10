import type { Call } from "./wire.js";

/** What policies call a service that signs under another name. */
const PREFIXES: Readonly<Record<string, string>> = { monitoring: "cloudwatch" };

/** What policies call the parts of a bucket that S3 names in the query. */
const BUCKET: Readonly<Record<string, readonly [get: string, put: string]>> = {
  accelerate: ["GetAccelerateConfiguration", "PutAccelerateConfiguration"],
  acl: ["GetBucketAcl", "PutBucketAcl"],
  cors: ["GetBucketCORS", "PutBucketCORS"],
  encryption: ["GetEncryptionConfiguration", "PutEncryptionConfiguration"],
  lifecycle: ["GetLifecycleConfiguration", "PutLifecycleConfiguration"],
  location: ["GetBucketLocation", ""],
  logging: ["GetBucketLogging", "PutBucketLogging"],
  "object-lock": ["GetBucketObjectLockConfiguration", "PutBucketObjectLockConfiguration"],
  ownershipControls: ["GetBucketOwnershipControls", "PutBucketOwnershipControls"],
  policy: ["GetBucketPolicy", "PutBucketPolicy"],
  publicAccessBlock: ["GetBucketPublicAccessBlock", "PutBucketPublicAccessBlock"],
  replication: ["GetReplicationConfiguration", "PutReplicationConfiguration"],
  requestPayment: ["GetBucketRequestPayment", "PutBucketRequestPayment"],
  tagging: ["GetBucketTagging", "PutBucketTagging"],
  versioning: ["GetBucketVersioning", "PutBucketVersioning"],
  versions: ["ListBucketVersions", ""],
  website: ["GetBucketWebsite", "PutBucketWebsite"],
};
/** What is taken away with the right to put it. */
const DELETED_BY_PUT = ["encryption", "lifecycle", "ownershipControls", "publicAccessBlock", "cors", "tagging"];

/** The action of a call in the words of policies, as in `s3:PutBucketVersioning`; undefined for what none is asked of. */
export function actionOf(call: Call): string | undefined {
  const { service, action } = call;
  if (service === "s3") return s3Action(call);
  if (service === "" || action.includes(" ")) return undefined;
  return `${PREFIXES[service] ?? service}:${action}`;
}

function s3Action({ method, url }: Call): string | undefined {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [, , key = ""] = /^\/([^/]*)\/?(.*)$/.exec(pathname) ?? [];
  if (key !== "") return objectAction(method, searchParams);
  const part = Object.keys(BUCKET).find((name) => searchParams.has(name));
  if (part === undefined) return { PUT: "s3:CreateBucket", DELETE: "s3:DeleteBucket" }[method] ?? "s3:ListBucket";
  const [get, put] = BUCKET[part] ?? ["", ""];
  if (method === "DELETE" && !DELETED_BY_PUT.includes(part))
    return `s3:DeleteBucket${part === "policy" ? "Policy" : "Website"}`;
  return `s3:${method === "GET" ? get : put}`;
}

function objectAction(method: string, query: URLSearchParams): string {
  if (query.has("tagging")) return method === "GET" ? "s3:GetObjectTagging" : "s3:PutObjectTagging";
  if (method === "PUT") return "s3:PutObject";
  if (method === "DELETE") return query.has("versionId") ? "s3:DeleteObjectVersion" : "s3:DeleteObject";
  return query.has("versionId") ? "s3:GetObjectVersion" : "s3:GetObject";
}

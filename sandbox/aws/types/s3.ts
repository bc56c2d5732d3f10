import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Account } from "../account.js";
import { digest } from "../ids.js";
import { bucketZone } from "../hosted-zones.js";
import { isUnknown, single, text, type ObjectValue } from "../../value.js";
import { Refusal, type Behaviour, type Scene } from "./resource-handler.js";
import { always, nameOf, regionOf, standardJson } from "./common.js";

const bucketName = (scene: Scene): string => nameOf(scene, "bucket");

const objectsOf = (account: Account, bucket: string): string[] =>
  account
    .list("aws_s3_object", true)
    .filter(({ attributes }) => attributes["bucket"] === bucket)
    .map(({ key }) => key);

const bucket: Behaviour = {
  global: true,
  id: bucketName,
  duplicate: (draft) =>
    `BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it. (${text(draft["bucket"]) ?? ""})`,
  refuse: (scene) => {
    const name = bucketName(scene);
    return /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)
      ? undefined
      : `InvalidBucketName: The specified bucket is not valid. (${name})`;
  },
  computed: {
    bucket: bucketName,
    bucket_prefix: always(""),
    arn: (scene) => `arn:${scene.account.partition}:s3:::${bucketName(scene)}`,
    bucket_domain_name: (scene) => `${bucketName(scene)}.s3.${scene.account.dnsSuffix}`,
    bucket_regional_domain_name: (scene) =>
      `${bucketName(scene)}.s3.${scene.account.region}.${scene.account.dnsSuffix}`,
    hosted_zone_id: ({ account }) => bucketZone(account.region),
    region: regionOf,
    request_payer: always("BucketOwner"),
    grant: ({ account }) => [
      { id: digest([account.id, "canonical user"], 64), permissions: ["FULL_CONTROL"], type: "CanonicalUser", uri: "" },
    ],
    versioning: always([{ enabled: false, mfa_delete: false }]),
    server_side_encryption_configuration: always([
      {
        rule: [
          {
            apply_server_side_encryption_by_default: [{ kms_master_key_id: "", sse_algorithm: "AES256" }],
            bucket_key_enabled: false,
          },
        ],
      },
    ]),
  },
  hold: (account, { key, attributes }) =>
    attributes["force_destroy"] !== true && objectsOf(account, key).length > 0
      ? `BucketNotEmpty: The bucket you tried to delete is not empty (${key})`
      : undefined,
  remove: (account, { key }) => {
    for (const object of objectsOf(account, key)) account.store.remove(account.place(true), "aws_s3_object", object);
    for (const type of settings) account.store.remove(account.place(true), type, key);
  },
};

/** What is set of a bucket, one thing each: there is one of them a bucket, and it goes with it. */
const setting: Behaviour = {
  global: true,
  id: ({ draft }) => text(draft["bucket"]) ?? "",
  key: (attributes) => text(attributes["bucket"]) ?? text(attributes["id"]) ?? "",
  refs: { bucket: "bucket" },
  overwrites: true,
};

const policy: Behaviour = {
  ...setting,
  plan: (draft) => {
    draft["policy"] = standardJson(draft["policy"]);
    return [];
  },
};

const settingTypes = {
  aws_s3_bucket_versioning: setting,
  aws_s3_bucket_server_side_encryption_configuration: setting,
  aws_s3_bucket_public_access_block: setting,
  aws_s3_bucket_policy: policy,
  aws_s3_bucket_ownership_controls: setting,
  aws_s3_bucket_lifecycle_configuration: {
    ...setting,
    facts: { removed: { "rule[].noncurrent_version_expiration[].newer_noncurrent_versions": null } },
  },
} satisfies Record<string, Behaviour>;
const settings = Object.keys(settingTypes);

/** The bytes of an object; where they come from a file, of that file as it is now. */
function contentOf(draft: ObjectValue): Buffer {
  const source = text(draft["source"]);
  const encoded = text(draft["content_base64"]);
  if (encoded !== undefined) return Buffer.from(encoded, "base64");
  if (source === undefined) return Buffer.from(text(draft["content"]) ?? "");
  try {
    return readFileSync(source);
  } catch {
    throw new Refusal(`opening S3 object source (${source}): no such file`, "source");
  }
}

const isVersioned = ({ account, draft }: Scene): boolean =>
  single(
    account.find("aws_s3_bucket_versioning", text(draft["bucket"]) ?? "", true)?.attributes["versioning_configuration"],
  )?.["status"] === "Enabled";

const object: Behaviour = {
  global: true,
  id: ({ draft }) => text(draft["key"]) ?? "",
  key: (attributes) => `${text(attributes["bucket"]) ?? ""}/${text(attributes["key"]) ?? ""}`,
  refs: { bucket: "bucket" },
  overwrites: true,
  computed: {
    arn: ({ account, draft }) =>
      `arn:${account.partition}:s3:::${text(draft["bucket"]) ?? ""}/${text(draft["key"]) ?? ""}`,
    acl: always("private"),
    bucket_key_enabled: always(false),
    content_type: always("application/octet-stream"),
    server_side_encryption: always("AES256"),
    storage_class: always("STANDARD"),
    version_id: (scene) =>
      isVersioned(scene)
        ? digest(
            [scene.account.id, scene.draft["bucket"], scene.draft["key"], hash(scene), scene.prior?.["version_id"]],
            32,
          )
        : "",
  },
  settle: (scene) => {
    // Terraform plans the former etag; the cloud answers with the one of the new content.
    if (scene.prior === null || isUnknown(scene.draft["etag"]) || scene.draft["etag"] === scene.prior["etag"])
      scene.draft["etag"] = hash(scene);
  },
  import: (id) => {
    const [name = "", ...key] = id.replace(/^s3:\/\//, "").split("/");
    if (key.length === 0) throw new Refusal(`unexpected format of ID (${id}), expected <bucket>/<key>`);
    return { bucket: name, key: key.join("/") };
  },
};

const hash = ({ draft }: Scene): string => createHash("md5").update(contentOf(draft)).digest("hex");

export const s3Types = { aws_s3_bucket: bucket, ...settingTypes, aws_s3_object: object } satisfies Record<
  string,
  Behaviour
>;

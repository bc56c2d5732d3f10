import { BUCKET_SETTINGS } from "../../stacks/aws/api/actions.js";
import type { Call } from "./wire.js";

/** Creating something with tags, or from a template, is allowed only where these are allowed too (service authorization reference). */
const DRAWN_IN: Readonly<Record<string, readonly string[]>> = {
  "autoscaling:CreateAutoScalingGroup": ["autoscaling:CreateOrUpdateTags", "ec2:RunInstances", "iam:PassRole"],
  "ec2:CreateVpc": ["ec2:CreateTags"],
  "elasticloadbalancing:CreateLoadBalancer": ["elasticloadbalancing:AddTags"],
  "iam:CreateInstanceProfile": ["iam:TagInstanceProfile"],
  "iam:CreateRole": ["iam:TagRole"],
  "logs:CreateLogGroup": ["logs:TagResource"],
  "ssm:PutParameter": ["ssm:AddTagsToResource"],
};

/** What IAM asks for when this is called. Empty for what needs no permission. */
export function permissionsFor(call: Call): readonly string[] {
  const { service, action } = call;
  // Who asks: STS tells everybody. Away from AWS the provider tries another way first, and goes on where it is not allowed.
  if (service === "" || service === "sts" || action === "GetUser") return [];
  const named = service === "s3" ? ofStorage(call) : [`${service}:${action}`];
  return named.flatMap((name) => [name, ...(DRAWN_IN[name] ?? [])]);
}

function ofStorage({ method, url }: Call): string[] {
  const { pathname, searchParams } = new URL(url, "http://s3");
  const [, , ...key] = pathname.split("/");
  const setting = BUCKET_SETTINGS.find(({ query }) => searchParams.has(query));
  if (key.join("/") === "") {
    if (setting !== undefined) return [`s3:${changes(method, setting.query)}${setting.action}`];
    if (searchParams.has("versions")) return ["s3:ListBucketVersions"];
    if (method === "POST") return ["s3:DeleteObject", "s3:DeleteObjectVersion"];
    return [{ PUT: "s3:CreateBucket", DELETE: "s3:DeleteBucket" }[method] ?? "s3:ListBucket"];
  }
  const what = setting?.query === "tagging" ? "ObjectTagging" : "Object";
  const verb = { PUT: "Put", POST: "Put", DELETE: "Delete" }[method] ?? "Get";
  return [`s3:${verb}${what}${verb === "Delete" && searchParams.has("versionId") ? "Version" : ""}`];
}

/** A policy is the one setting that has a permission of its own for its end. */
const changes = (method: string, setting: string): string =>
  method === "GET" ? "Get" : method === "DELETE" && setting === "policy" ? "Delete" : "Put";

import { POLICY_SIZE, policySize } from "../../providers/aws/limits/policies.js";
import { refuseTags } from "../../providers/aws/limits/tags.js";
import { TEXT_LIMITS } from "../../providers/aws/limits/texts.js";
import { valuesAt } from "../paths.js";
import { objects, text, textMap, type ObjectValue } from "../value.js";

/** A limit that is not kept: what AWS says to it, and the argument that is to blame. */
export interface Exceeded {
  readonly message: string;
  readonly attribute: string;
}

/**
 * What AWS would refuse of an object by itself, whatever else there is: its names, patterns, descriptions, tags and policies.
 * Undefined where it takes it.
 */
export function exceededLimit(type: string, attributes: ObjectValue): Exceeded | undefined {
  return exceededText(type, attributes) ?? exceededTags(type, attributes) ?? exceededPolicy(type, attributes);
}

const first = (path: string): string => path.split(/[.[]/)[0] ?? path;

function exceededText(type: string, attributes: ObjectValue): Exceeded | undefined {
  for (const { at, refuse } of TEXT_LIMITS[type] ?? [])
    for (const { value } of valuesAt(attributes, at)) {
      const message = typeof value === "string" && value !== "" ? refuse(value) : undefined;
      if (message !== undefined) return { message, attribute: first(at) };
    }
  return undefined;
}

function exceededTags(type: string, attributes: ObjectValue): Exceeded | undefined {
  const sets = [
    { attribute: "tags", tags: textMap(attributes["tags_all"]) },
    ...objects(attributes["tag_specifications"]).map(({ tags = null }) => ({
      attribute: "tag_specifications",
      tags: textMap(tags),
    })),
    {
      attribute: "tag",
      tags: Object.fromEntries(
        objects(attributes["tag"]).map(({ key, value }) => [text(key) ?? "", text(value) ?? ""]),
      ),
    },
  ];
  for (const { attribute, tags } of sets) {
    const message = refuseTags(type, tags);
    if (message !== undefined) return { message, attribute };
  }
  return undefined;
}

/** Policies that have a size of their own; that of a role's inline policies is one for all of them. */
const POLICIES: { readonly [type: string]: { readonly at: string; readonly most: number; readonly message: string } } =
  {
    aws_iam_role: {
      at: "assume_role_policy",
      most: POLICY_SIZE.trust,
      message: `LimitExceeded: Cannot exceed quota for ACLSizePerRole: ${POLICY_SIZE.trust}`,
    },
    aws_iam_policy: {
      at: "policy",
      most: POLICY_SIZE.managed,
      message: `LimitExceeded: Cannot exceed quota for PolicySize: ${POLICY_SIZE.managed}`,
    },
    aws_s3_bucket_policy: {
      at: "policy",
      most: POLICY_SIZE.bucket,
      message: "PolicyTooLarge: Normalized policy document exceeds the maximum allowed size of 20480 bytes",
    },
  };

function exceededPolicy(type: string, attributes: ObjectValue): Exceeded | undefined {
  const limit = POLICIES[type];
  const policy = limit && text(attributes[limit.at]);
  if (limit === undefined || policy === undefined || policySize(policy) <= limit.most) return undefined;
  return { message: limit.message, attribute: limit.at };
}

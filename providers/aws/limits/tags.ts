/** Characters of a tag's key and of its value (Tagging AWS resources, "Tag naming limits and requirements"). */
export const TAG_TEXT = { key: 128, value: 256 } as const;

const CHARACTERS = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/** What a resource takes as tags. */
export interface TagLimit {
  /** How many; those that AWS itself adds do not count. */
  readonly most: number;
  /** Whether two keys that differ by case alone are one. */
  readonly caseless: boolean;
  /** What AWS says to too many. */
  readonly tooMany: string;
  /** Where AWS says so. */
  readonly source: string;
}

const COMMON: TagLimit = {
  most: 50,
  caseless: false,
  tooMany: "TagLimitExceeded: The maximum number of Tags for a resource has been reached.",
  source: "Tagging AWS resources, Tag naming limits and requirements",
};

const IAM: TagLimit = {
  most: 50,
  caseless: true,
  tooMany:
    "ValidationError: 1 validation error detected: Value at 'tags' failed to satisfy constraint: Member must have length less than or equal to 50.",
  source: "AWS IAM User Guide, Tags for AWS IAM resources (Case sensitivity) and IAM and AWS STS quotas",
};

const BALANCING: TagLimit = {
  ...COMMON,
  tooMany: "TooManyTags: The quota for the number of tags that can be assigned to a load balancer has been reached",
  source: "Elastic Load Balancing, Quotas for your Application Load Balancers and API_AddTags",
};

const OWN: { readonly [type: string]: TagLimit } = {
  aws_iam_role: IAM,
  aws_iam_policy: IAM,
  aws_iam_instance_profile: IAM,
  aws_lb: BALANCING,
  aws_lb_listener: BALANCING,
  aws_lb_listener_rule: BALANCING,
  aws_lb_target_group: BALANCING,
  aws_s3_object: {
    most: 10,
    caseless: false,
    tooMany: "BadRequest: Object tags cannot be greater than 10",
    source: "Amazon S3 User Guide, Categorizing your objects using tags",
  },
  aws_s3_bucket: { ...COMMON, tooMany: "InvalidTag: Bucket tag count cannot be greater than 50" },
  aws_ssm_parameter: {
    ...COMMON,
    tooMany: "TooManyTagsError: The Targets parameter includes too many tags.",
    source: "AWS Systems Manager, API_AddTagsToResource",
  },
};

/** What a resource type takes as tags. */
export const tagLimitOf = (type: string): TagLimit => OWN[type] ?? COMMON;

/** Whether a text can be a tag's key: AWS keeps those for itself that begin with its name, in whatever case. */
export const isTagKey = (key: string): boolean =>
  key !== "" && [...key].length <= TAG_TEXT.key && CHARACTERS.test(key) && !/^aws:/i.test(key);

/** Whether a text can be a tag's value. */
export const isTagValue = (value: string): boolean => [...value].length <= TAG_TEXT.value && CHARACTERS.test(value);

/** Keys that are one key to IAM, since they differ by case alone; each group has two or more. */
export function keysOfOneName(keys: Iterable<string>): string[][] {
  const groups = new Map<string, string[]>();
  for (const key of new Set(keys)) groups.set(key.toLowerCase(), [...(groups.get(key.toLowerCase()) ?? []), key]);
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Why a resource does not take these tags, in AWS's own words; undefined where it does. */
export function refuseTags(type: string, tags: Readonly<Record<string, string>>): string | undefined {
  const limit = tagLimitOf(type);
  const own = Object.entries(tags).filter(([key]) => !/^aws:/i.test(key));
  if (own.length < Object.keys(tags).length)
    return "InvalidParameterValue: Tag keys starting with 'aws:' are reserved for internal use";
  const [key] = own.find(([name]) => !isTagKey(name)) ?? [];
  if (key !== undefined)
    return `InvalidParameterValue: Tag key '${key}' must have 1 to ${TAG_TEXT.key} letters, numbers, spaces or any of _.:/=+-@`;
  const value = own.find(([, text]) => !isTagValue(text))?.[1];
  if (value !== undefined)
    return `InvalidParameterValue: Tag value '${value}' must have up to ${TAG_TEXT.value} letters, numbers, spaces or any of _.:/=+-@`;
  if (own.length > limit.most) return limit.tooMany;
  return limit.caseless && keysOfOneName(Object.keys(tags)).length > 0
    ? "InvalidInput: Duplicate tag keys found. Please note that Tag keys are case insensitive."
    : undefined;
}

import { digest, iamId } from "../ids.js";
import { ATTACHED_POLICIES, POLICY_SIZE, policySize } from "../../../providers/aws/limits/policies.js";
import { objects, text, type ObjectValue } from "../../value.js";
import { Refusal, type Behaviour, type Scene } from "./resource-handler.js";
import { always, named, nameOf, now, policyJson, same, standardJson } from "./common.js";

const path = (draft: ObjectValue): string => text(draft["path"]) ?? "/";

const role: Behaviour = {
  global: true,
  id: (scene) => nameOf(scene),
  duplicate: (draft) => `EntityAlreadyExists: Role with name ${text(draft["name"]) ?? ""} already exists.`,
  plan: (draft) => {
    draft["assume_role_policy"] = standardJson(draft["assume_role_policy"]);
    return [];
  },
  refuse: ({ draft }) => refusePolicy(draft["assume_role_policy"]),
  computed: {
    ...named,
    arn: (scene) => scene.account.arn("iam", `role${path(scene.draft)}${nameOf(scene)}`, { global: true }),
    unique_id: ({ seed }) => iamId("AROA", seed),
    create_date: now,
    inline_policy: always([]),
    managed_policy_arns: always([]),
  },
};

function refusePolicy(policy: unknown): string | undefined {
  if (typeof policy !== "string") return undefined;
  try {
    JSON.parse(policy);
    return undefined;
  } catch {
    return "MalformedPolicyDocument: This policy contains invalid Json";
  }
}

const roleAnd = (attributes: ObjectValue, name: string, separator: string): string =>
  `${text(attributes["role"]) ?? ""}${separator}${text(attributes[name]) ?? ""}`;

/** Splits `role:rest`. */
function split(id: string, separator: string, expected: string): [string, string] {
  const index = id.indexOf(separator);
  if (index < 1) throw new Refusal(`unexpected format of ID (${id}), expected ${expected}`);
  return [id.slice(0, index), id.slice(index + 1)];
}

const rolePolicy: Behaviour = {
  global: true,
  id: (scene) => `${text(scene.draft["role"]) ?? ""}:${nameOf(scene)}`,
  refs: { role: "role" },
  plan: (draft) => {
    draft["policy"] = policyJson(draft["policy"]);
    return [];
  },
  refuse: ({ draft }) => refusePolicy(draft["policy"]),
  computed: named,
  settle: ({ account, draft }) => {
    const role = text(draft["role"]) ?? "";
    const others = account
      .list("aws_iam_role_policy", true)
      .filter(({ attributes }) => attributes["role"] === role && attributes["id"] !== draft["id"])
      .map(({ attributes }) => attributes["policy"]);
    const inRole = objects(account.find("aws_iam_role", role, true)?.attributes["inline_policy"]);
    const all = [draft["policy"], ...others, ...inRole.map(({ policy }) => policy)];
    if (all.reduce<number>((sum, policy) => sum + policySize(text(policy) ?? ""), 0) > POLICY_SIZE.inline)
      throw new Refusal(
        `LimitExceeded: Maximum policy size of ${POLICY_SIZE.inline} bytes exceeded for role ${role}`,
        "policy",
      );
  },
};

const managedPolicy: Behaviour = {
  global: true,
  id: (scene) => scene.account.arn("iam", `policy${path(scene.draft)}${nameOf(scene)}`, { global: true }),
  duplicate: (draft) =>
    `EntityAlreadyExists: A policy called ${text(draft["name"]) ?? ""} already exists. Duplicate names are not allowed.`,
  plan: (draft) => {
    draft["policy"] = policyJson(draft["policy"]);
    return [];
  },
  refuse: ({ draft }) => refusePolicy(draft["policy"]),
  computed: { ...named, arn: same("id"), policy_id: ({ seed }) => iamId("ANPA", seed), attachment_count: always(0) },
  hold: (account, { key }) =>
    account.list("aws_iam_role_policy_attachment", true).some(({ attributes }) => attributes["policy_arn"] === key)
      ? "DeleteConflict: Cannot delete a policy attached to entities."
      : undefined,
};

const attachment: Behaviour = {
  global: true,
  id: ({ draft, seed }) =>
    `${text(draft["role"]) ?? ""}-${BigInt(`0x${digest(seed, 20)}`)
      .toString()
      .padStart(26, "0")
      .slice(-26)}`,
  key: (attributes) => roleAnd(attributes, "policy_arn", "/"),
  duplicate: (draft) => `EntityAlreadyExists: ${roleAnd(draft, "policy_arn", " has already ")}`,
  refs: { role: "role" },
  refuse: ({ account, draft }) => {
    const arn = text(draft["policy_arn"]) ?? "";
    if (arn.split(":")[4] === account.id && account.find("aws_iam_policy", arn, true) === undefined)
      return `NoSuchEntity: Policy ${arn} does not exist or is not attachable.`;
    const attached = account
      .list("aws_iam_role_policy_attachment", true)
      .filter(({ attributes }) => attributes["role"] === draft["role"]);
    return attached.length >= ATTACHED_POLICIES
      ? `LimitExceeded: Cannot exceed quota for PoliciesPerRole: ${ATTACHED_POLICIES}`
      : undefined;
  },
  import: (id) => {
    const [name, policy] = split(id, "/", "<role-name>/<policy_arn>");
    return { role: name, policy_arn: policy };
  },
};

const instanceProfile: Behaviour = {
  global: true,
  id: (scene) => nameOf(scene),
  duplicate: (draft) => `EntityAlreadyExists: Instance Profile ${text(draft["name"]) ?? ""} already exists.`,
  refs: { role: "role" },
  computed: {
    ...named,
    arn: (scene: Scene) =>
      scene.account.arn("iam", `instance-profile${path(scene.draft)}${nameOf(scene)}`, { global: true }),
    unique_id: ({ seed }) => iamId("AIPA", seed),
    create_date: now,
  },
};

export const iamTypes = {
  aws_iam_policy: managedPolicy,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_instance_profile: instanceProfile,
} satisfies Record<string, Behaviour>;

import { digest, iamId } from "../ids.js";
import { text, type ObjectValue } from "../value.js";
import { Refusal, type Behaviour, type Scene } from "./behaviour.js";
import { always, named, nameOf, now, policyJson, standardJson } from "./common.js";

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
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: attachment,
  aws_iam_instance_profile: instanceProfile,
} satisfies Record<string, Behaviour>;

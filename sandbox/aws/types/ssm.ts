import type { Diagnostic } from "../../protocol/messages.js";
import { count, text, type ObjectValue } from "../../value.js";
import type { Behaviour } from "./resource-handler.js";
import { always } from "./common.js";

/** The limit of the standard tier, in bytes. */
const STANDARD_LIMIT = 4096;

const valueOf = (draft: ObjectValue): string => text(draft["value"]) ?? text(draft["insecure_value"]) ?? "";

function check(config: ObjectValue): Diagnostic[] {
  const given = ["value", "insecure_value", "value_wo"].filter((name) => (config[name] ?? null) !== null);
  if (given.length === 1) return [];
  return [
    {
      summary: "Invalid combination of arguments",
      detail: `"value": one of \`insecure_value,value,value_wo\` must be specified${given.length > 1 ? `, not ${given.join(" and ")}` : ""}`,
      path: ["value"],
    },
  ];
}

const parameter: Behaviour = {
  id: ({ draft }) => text(draft["name"]) ?? "",
  key: (attributes) => text(attributes["name"]) ?? text(attributes["id"]) ?? "",
  duplicate: () =>
    "ParameterAlreadyExists: The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
  import: (id) => ({ name: id }),
  check,
  refuse: ({ draft }) =>
    Buffer.byteLength(valueOf(draft)) > STANDARD_LIMIT && draft["tier"] === "Standard"
      ? "ValidationException: Standard tier parameters support a maximum parameter value of 4096 characters."
      : undefined,
  computed: {
    arn: ({ account, draft }) => account.arn("ssm", `parameter${(text(draft["name"]) ?? "").replace(/^(?!\/)/, "/")}`),
    data_type: always("text"),
    tier: ({ draft }) => (Buffer.byteLength(valueOf(draft)) > STANDARD_LIMIT ? "Advanced" : "Standard"),
    key_id: ({ draft }) => (draft["type"] === "SecureString" ? "alias/aws/ssm" : ""),
    version: ({ prior }) => (count(prior?.["version"]) ?? 0) + 1,
    value: always(null),
    insecure_value: always(null),
    has_value_wo: always(null),
  },
};

export const ssmTypes = { aws_ssm_parameter: parameter } satisfies Record<string, Behaviour>;

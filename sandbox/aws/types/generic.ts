import { ec2Id } from "../ids.js";
import { text } from "../../value.js";
import type { Behaviour } from "./resource-handler.js";

/** A resource type of which the sandbox knows the schema alone: an id, and a name in the shape of an ARN. */
export const generic: Behaviour = {
  id: ({ type, seed }) => ec2Id(type.replace(/^aws_/, "").replaceAll("_", "-"), seed),
  computed: {
    arn: ({ account, type, draft }) =>
      account.arn(type.split("_")[1] ?? "", `${type.split("_").slice(2).join("-")}/${text(draft["id"]) ?? ""}`),
  },
};

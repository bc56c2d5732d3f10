import { ec2Id } from "../ids.js";
import { Refusal } from "../types/resource-handler.js";
import { text } from "../../value.js";
import type { Reader } from "./reader.js";

/** Parameters that AWS itself publishes are made up: those whose name speaks of an image are the id of one. */
const parameter: Reader = (account, config) => {
  const name = text(config["name"]) ?? "";
  const arn = account.arn("ssm", `parameter${name.replace(/^(?!\/)/, "/")}`);
  if (name.startsWith("/aws/service/")) {
    const value = /ami|image/.test(name) ? ec2Id("ami", [account.region, name]) : (name.split("/").at(-1) ?? "");
    return { id: name, arn, type: "String", value, insecure_value: value, version: 1 };
  }
  const attributes = account.find("aws_ssm_parameter", name)?.attributes;
  if (attributes === undefined) throw new Refusal(`ParameterNotFound: couldn't find resource (${name})`, "name");
  const isSecret = attributes["type"] === "SecureString";
  const value = text(attributes["value"]) || (text(attributes["insecure_value"]) ?? "");
  return {
    id: name,
    arn,
    type: attributes["type"] ?? "String",
    value,
    insecure_value: isSecret ? null : value,
    version: attributes["version"] ?? 1,
  };
};

export const parameterData = { aws_ssm_parameter: parameter } satisfies Record<string, Reader>;

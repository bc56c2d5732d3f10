import { Refusal } from "../types/resource-handler.js";
import { text } from "../../value.js";
import { filtered } from "./filters.js";
import type { Reader } from "./reader.js";

const vpc: Reader = (account, config) => {
  const exact = ["id", "cidr_block", "dhcp_options_id"].filter((name) => text(config[name]) !== undefined);
  const found = filtered(account.list("aws_vpc"), config).filter(
    ({ attributes }) => config["default"] !== true && exact.every((name) => attributes[name] === config[name]),
  );
  const [only, second] = found;
  if (only === undefined) throw new Refusal("no matching EC2 VPC found");
  if (second !== undefined)
    throw new Refusal("multiple EC2 VPCs matched; use additional constraints to reduce matches to a single EC2 VPC");
  const { attributes } = only;
  return {
    ...attributes,
    tags: attributes["tags_all"] ?? {},
    default: false,
    state: "available",
    cidr_block_associations: [
      {
        association_id: only.key.replace("vpc-", "vpc-cidr-assoc-"),
        cidr_block: attributes["cidr_block"] ?? "",
        state: "associated",
      },
    ],
  };
};

const subnets: Reader = (account, config) => ({
  id: account.region,
  ids: filtered(account.list("aws_subnet"), config).map(({ key }) => key),
});

export const networkData = { aws_vpc: vpc, aws_subnets: subnets } satisfies Record<string, Reader>;

import { isRegion, zonesOf } from "../regions.js";
import { Refusal } from "../types/resource-handler.js";
import { objects, text, texts } from "../../value.js";
import type { Reader } from "./reader.js";

const availabilityZones: Reader = ({ region }, config) => {
  const filters = objects(config["filter"]).map((filter) => ({
    name: text(filter["name"]) ?? "",
    values: texts(filter["values"]),
  }));
  const values = (zone: { name: string; id: string }): Record<string, string> => ({
    "zone-name": zone.name,
    "zone-id": zone.id,
    "region-name": region,
    "group-name": region,
    "opt-in-status": "opt-in-not-required",
    "zone-type": "availability-zone",
    state: "available",
  });
  const zones = zonesOf(region).filter((zone) => {
    if (texts(config["exclude_names"]).includes(zone.name) || texts(config["exclude_zone_ids"]).includes(zone.id))
      return false;
    if (![undefined, "available"].includes(text(config["state"]))) return false;
    return filters.every(({ name, values: wanted }) => {
      const value = values(zone)[name];
      if (value === undefined)
        throw new Refusal(`InvalidParameterValue: the sandbox does not know the filter '${name}'`, "filter");
      return wanted.includes(value);
    });
  });
  return {
    id: region,
    names: zones.map(({ name }) => name),
    zone_ids: zones.map(({ id }) => id),
    group_names: zones.length > 0 ? [region] : [],
  };
};

const callerIdentity: Reader = (account) => ({
  id: account.id,
  account_id: account.id,
  arn: account.arn("iam", "user/lightfleet", { global: true }),
  user_id: "AIDALIGHTFLEETSANDBX",
});

const region: Reader = (account, config) => {
  const name = text(config["name"]) ?? account.region;
  if (!isRegion(name)) throw new Refusal(`region not found for name "${name}"`, "name");
  return { id: name, name, description: name, endpoint: `ec2.${name}.${account.dnsSuffix}` };
};

const partition: Reader = (account) => ({
  id: account.partition,
  partition: account.partition,
  dns_suffix: account.dnsSuffix,
  reverse_dns_prefix: account.dnsSuffix.split(".").reverse().join("."),
});

export const accountData = {
  aws_availability_zones: availabilityZones,
  aws_caller_identity: callerIdentity,
  aws_region: region,
  aws_partition: partition,
} satisfies Record<string, Reader>;

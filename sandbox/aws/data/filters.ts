import type { StoredObject } from "../../store.js";
import { Refusal } from "../types/resource-handler.js";
import { objects, text, textMap, texts, type ObjectValue } from "../../value.js";

/** The filters of EC2 that are known, and the attribute that each looks at. */
const attributes: { readonly [filter: string]: string } = {
  "vpc-id": "vpc_id",
  "subnet-id": "id",
  "availability-zone": "availability_zone",
  "availability-zone-id": "availability_zone_id",
  "cidr-block": "cidr_block",
  cidr: "cidr_block",
  "owner-id": "owner_id",
  "map-public-ip-on-launch": "map_public_ip_on_launch",
};

/** A name with `*` and `?` as EC2 understands them. */
export function matches(pattern: string, value: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`, "s").test(value);
}

/** Those objects that the `filter` blocks and `tags` of a data source let through. @throws Refusal for a filter that is not known */
export function filtered(found: readonly StoredObject[], config: ObjectValue): StoredObject[] {
  const wanted = objects(config["filter"]).map((filter) => ({
    name: text(filter["name"]) ?? "",
    values: texts(filter["values"]),
  }));
  for (const [key, value] of Object.entries(textMap(config["tags"])))
    wanted.push({ name: `tag:${key}`, values: [value] });
  return found.filter((object) =>
    wanted.every(({ name, values }) => {
      const value = valueOf(object, name);
      return value !== undefined && values.some((pattern) => matches(pattern, value));
    }),
  );
}

function valueOf({ attributes: own }: StoredObject, filter: string): string | undefined {
  const tags = textMap(own["tags_all"]);
  if (filter.startsWith("tag:")) return tags[filter.slice("tag:".length)];
  const attribute = attributes[filter];
  if (attribute === undefined)
    throw new Refusal(
      `InvalidParameterValue: the sandbox does not know the filter '${filter}': use ${Object.keys(attributes).join(", ")} or tag:…`,
    );
  const value = own[attribute];
  return value === null || value === undefined ? undefined : String(value);
}

import type { HeldResource } from "../../../terraform/state-resources.js";
import { describeRule, revokeRule, strangeRules, type Direction } from "./drift-rules.js";
import { isRecord, listOf, textOf, textsOf } from "../../../lib/records.js";

/** What somebody put beside what the program declares, where a deploy looks at its own alone and would leave it. */
export interface AddedEntry {
  /** As in `ingress: tcp 22 from 0.0.0.0/0`. */
  readonly what: string;
  /** The command of AWS that takes it away. */
  readonly fix: string;
}

/** Says of one attribute what is in it and stands for no resource of the state. */
interface Container {
  readonly attribute: string;
  find(holder: HeldResource, held: readonly HeldResource[]): { what: string; args: readonly string[] }[];
}

const rules = (direction: Direction): Container => ({
  attribute: direction,
  find: (group, held) =>
    strangeRules(group, held, direction).map((rule) => ({
      what: describeRule(rule, direction),
      args: revokeRule(String(group.values["id"]), rule, direction),
    })),
});

const DESTINATIONS = [
  ["cidr_block", "destination_cidr_block", "--destination-cidr-block"],
  ["ipv6_cidr_block", "destination_ipv6_cidr_block", "--destination-ipv6-cidr-block"],
  ["destination_prefix_list_id", "destination_prefix_list_id", "--destination-prefix-list-id"],
] as const;

/** A route goes by its destination: where it leads to is an attribute of its own resource. */
const routes: Container = {
  attribute: "route",
  find: ({ values }, held) => {
    const table = textOf(values["id"]);
    const own = held.filter(({ type, values: { route_table_id } }) => type === "aws_route" && route_table_id === table);
    const known = new Set(own.flatMap((one) => DESTINATIONS.flatMap(([, name]) => textOf(one.values[name]) ?? [])));
    return listOf(values["route"]).flatMap((route) => {
      if (!isRecord(route) || isOfAws(route)) return [];
      return DESTINATIONS.flatMap(([name, , option]) => {
        const destination = textOf(route[name]);
        if (destination === undefined || table === undefined || known.has(destination)) return [];
        const args = ["ec2", "delete-route", "--route-table-id", table, option, destination];
        return [{ what: `route: to ${destination} by ${targetOf(route)}`, args }];
      });
    });
  },
};

/** Routes within the network, and those to endpoints of services, come with them. */
const isOfAws = ({ gateway_id }: Readonly<Record<string, unknown>>): boolean =>
  /^(local$|vpce-)/.test(textOf(gateway_id) ?? "");

const targetOf = (route: Readonly<Record<string, unknown>>): string =>
  Object.entries(route).flatMap(([name, value]) =>
    /(_id|_arn)$/.test(name) && !/^destination/.test(name) ? (textOf(value) ?? []) : [],
  )[0] ?? "nothing";

const policies: Container = {
  attribute: "inline_policy",
  find: ({ values }, held) => {
    const role = textOf(values["name"]) ?? "";
    const own = held.filter(({ type, values: { role: of } }) => type === "aws_iam_role_policy" && of === role);
    const known = new Set(own.map((one) => one.values["name"]));
    const names = listOf(values["inline_policy"]).flatMap((one) => (isRecord(one) ? (textOf(one["name"]) ?? []) : []));
    return names
      .filter((name) => !known.has(name))
      .map((name) => ({
        what: `inline_policy: ${name}`,
        args: ["iam", "delete-role-policy", "--role-name", role, "--policy-name", name],
      }));
  },
};

const attachments: Container = {
  attribute: "managed_policy_arns",
  find: ({ values }, held) => {
    const role = textOf(values["name"]) ?? "";
    const own = held.filter(
      ({ type, values: { role: of, roles } }) =>
        (type === "aws_iam_role_policy_attachment" && of === role) ||
        (type === "aws_iam_policy_attachment" && textsOf(roles).includes(role)),
    );
    const known = new Set(own.map((one) => one.values["policy_arn"]));
    return textsOf(values["managed_policy_arns"])
      .filter((arn) => !known.has(arn))
      .map((arn) => ({
        what: `managed_policy_arns: ${arn}`,
        args: ["iam", "detach-role-policy", "--role-name", role, "--policy-arn", arn],
      }));
  },
};

const CONTAINERS: Readonly<Record<string, readonly Container[]>> = {
  aws_security_group: [rules("ingress"), rules("egress")],
  aws_default_security_group: [rules("ingress"), rules("egress")],
  aws_route_table: [routes],
  aws_iam_role: [policies, attachments],
};

/**
 * What was put into a resource from outside: rules of a security group, routes of a table, policies of a role. The engine
 * takes them over into its state and says nothing of them, since each is a resource of its own that the program does not
 * have.
 * @param held all that the state holds, as it is now
 * @param declares whether the program lists an attribute in the resource itself; then a deploy sees to it
 */
export function addedEntries(
  holder: HeldResource,
  held: readonly HeldResource[],
  declares: (attribute: string) => boolean,
): AddedEntry[] {
  const region = /^arn:[^:]+:[^:]+:([a-z0-9-]+):/.exec(textOf(holder.values["arn"]) ?? "")?.[1];
  const where = region === undefined ? [] : ["--region", region];
  return (CONTAINERS[holder.type] ?? [])
    .filter(({ attribute }) => !declares(attribute))
    .flatMap(({ find }) => find(holder, held))
    .map(({ what, args }) => ({ what, fix: ["aws", ...args, ...where].map(quoted).join(" ") }));
}

/** As a shell takes it for one word. */
const quoted = (word: string): string => (/^[\w@%+:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

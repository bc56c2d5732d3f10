import type { HeldResource } from "../../../terraform/state-resources.js";
import { isRecord, listOf, textOf, textsOf } from "../../../lib/records.js";

export type Direction = "ingress" | "egress";

/** One way that a security group opens: a protocol, its ports, and one other side. */
export interface Rule {
  /** As in `tcp`; `-1` is all of them. */
  readonly protocol: string;
  /** For ICMP type and code; null for all protocols, which have no ports. */
  readonly from: number | null;
  readonly to: number | null;
  /** As in `0.0.0.0/0`, `::/0`, `pl-1` or `sg-1`; a group of another account as in `123456789012/sg-1`. */
  readonly peer: string;
}

/** What AWS calls protocols by number. */
const PROTOCOLS: Readonly<Record<string, string>> = { "1": "icmp", "6": "tcp", "17": "udp", "58": "icmpv6", all: "-1" };

/**
 * The rules that a security group has and no resource of the state stands for: somebody made them by hand, or another
 * program did. A deploy leaves them there.
 * @param group the group as it is; where the program lists its rules in the group itself, it is not to be asked for
 * @param held all that the state holds
 */
export function strangeRules(group: HeldResource, held: readonly HeldResource[], direction: Direction): Rule[] {
  const id = textOf(group.values["id"]);
  if (id === undefined) return [];
  const known = new Set(held.flatMap((one) => rulesOf(one, id, direction)).map(keyOf));
  const there = listOf(group.values[direction]).flatMap((entry) => (isRecord(entry) ? entryRules(entry, id) : []));
  return there.filter((rule) => !known.has(keyOf(rule)));
}

/** What a rule resource of the state opens in a group; nothing where it is another group's, or no rule at all. */
function rulesOf({ type, values }: HeldResource, id: string, direction: Direction): Rule[] {
  if (values["security_group_id"] !== id) return [];
  if (type === `aws_vpc_security_group_${direction}_rule`) {
    const peers = ["cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"];
    return toRules(
      values["ip_protocol"],
      values,
      peers.flatMap((name) => textOf(values[name]) ?? []),
    );
  }
  if (type !== "aws_security_group_rule" || values["type"] !== direction) return [];
  return entryRules({ ...values, security_groups: [values["source_security_group_id"]] }, id);
}

/** The rules of an entry, in which AWS puts together those of the same protocol and ports. */
function entryRules(entry: Readonly<Record<string, unknown>>, id: string): Rule[] {
  const lists = ["cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups"];
  const peers = lists.flatMap((name) => textsOf(entry[name])).filter((peer) => peer !== "");
  return toRules(entry["protocol"], entry, entry["self"] === true ? [...peers, id] : peers);
}

function toRules(named: unknown, ports: Readonly<Record<string, unknown>>, peers: readonly string[]): Rule[] {
  const text = String(named).toLowerCase();
  const protocol = PROTOCOLS[text] ?? text;
  const port = (name: string): number | null => {
    const value = ports[name];
    return protocol === "-1" || typeof value !== "number" ? null : value;
  };
  return peers.map((peer) => ({ protocol, from: port("from_port"), to: port("to_port"), peer }));
}

/** A group is told with its account or without; both are the same one. */
const keyOf = ({ protocol, from, to, peer }: Rule): string =>
  JSON.stringify([protocol, from, to, peer.replace(/^\d+\/(?=sg-)/, "")]);

/** As in `ingress: tcp 22 from 0.0.0.0/0`. */
export function describeRule({ protocol, from, to, peer }: Rule, direction: Direction): string {
  const ports = from === null || from < 0 ? "" : from === to || to === null ? ` ${from}` : ` ${from}-${to}`;
  const what = protocol === "-1" ? "all traffic" : `${protocol}${ports}`;
  return `${direction}: ${what} ${direction === "ingress" ? "from" : "to"} ${peer}`;
}

/** The arguments of the AWS command line that take a rule away. */
export function revokeRule(group: string, { protocol, from, to, peer }: Rule, direction: Direction): string[] {
  const ports = from === null ? "" : `,FromPort=${from},ToPort=${to ?? from}`;
  const permission = `IpProtocol=${protocol}${ports},${peerOf(peer)}`;
  return ["ec2", `revoke-security-group-${direction}`, "--group-id", group, "--ip-permissions", permission];
}

function peerOf(peer: string): string {
  const [, account, group] = /^(?:(\d+)\/)?(sg-.*)$/.exec(peer) ?? [];
  if (group !== undefined)
    return `UserIdGroupPairs=[{GroupId=${group}${account === undefined ? "" : `,UserId=${account}`}}]`;
  if (peer.startsWith("pl-")) return `PrefixListIds=[{PrefixListId=${peer}}]`;
  return peer.includes(":") ? `Ipv6Ranges=[{CidrIpv6=${peer}}]` : `IpRanges=[{CidrIp=${peer}}]`;
}

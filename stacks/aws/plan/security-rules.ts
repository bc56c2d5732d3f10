import { coversGrant, grantsToAll, grantText, type Grant } from "./grants.js";
import type { Exposure } from "../../../terraform/classifier.js";
import { isWithin, readRange } from "../../../terraform/ranges.js";
import { type Fields, isRecord } from "../../../lib/records.js";

/** Something of a resource that is open to everybody. */
export interface Opening {
  /** As in `tcp 22 from 0.0.0.0/0`. */
  readonly text: string;
  readonly rule?: Rule;
  readonly grant?: Grant;
}

/** What a rule of a security group lets in. */
interface Rule {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly range: string;
}

/**
 * What of a resource is open to everybody: rules of security groups that let all addresses in, services and load balancers that have a
 * public address, and policies that let anybody do something. Both the flat rules and those that stand in a group are read.
 * @param value the resource's attributes, as a plan or a program has them
 */
export function openingsOf(type: string, value: unknown): Opening[] {
  if (!isRecord(value)) return [];
  const open = value["publicly_accessible"] === true || value["publicly_accessible"] === "true";
  return [
    ...rulesIn(type, value).flatMap(openRule),
    ...(open ? [{ text: PUBLIC_ADDRESS }] : []),
    ...(isPublicBalancer(type, value) ? [{ text: "a public load balancer" }] : []),
    ...grantsToAll(type, value).map((grant) => ({ text: grantText(grant), grant })),
  ];
}

/** What is open and was not before: what lies within something that was open is not new. */
export function newlyOpen(before: readonly Opening[], after: readonly Opening[]): Exposure[] {
  const added = after.filter((one) => !before.some((other) => covers(other, one))).map(toExposure);
  return [...new Map(added.map((one) => [one.text, one])).values()];
}

/** What one resource opens more than another one of the same type. */
export const exposed = (type: string, before: unknown, after: unknown): Exposure[] =>
  newlyOpen(openingsOf(type, before), openingsOf(type, after));

const PUBLIC_ADDRESS = "a public address";

const toExposure = ({ text, grant }: Opening): Exposure => ({
  text,
  isStatement: grant !== undefined,
  isWide: grant !== undefined || text === PUBLIC_ADDRESS,
});

/** The security group that a rule belongs to, or that a resource is; undefined where there is none, or it is not known. */
export function groupOf(type: string, value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  const group = GROUPS.has(type) ? value["id"] : RULES.has(type) ? value["security_group_id"] : undefined;
  return typeof group === "string" ? group : undefined;
}

const GROUPS = new Set(["aws_security_group", "aws_default_security_group"]);
const RULES = new Set(["aws_vpc_security_group_ingress_rule", "aws_security_group_rule"]);

/** What comes in by a resource: itself, where it is a rule, and the rules that are written in a group. */
function rulesIn(type: string, value: Fields): Fields[] {
  if (GROUPS.has(type)) return list(value["ingress"]).filter(isRecord);
  if (!RULES.has(type)) return [];
  return type === "aws_security_group_rule" && value["type"] !== "ingress" ? [] : [value];
}

function openRule(fields: Fields): Opening[] {
  const ranges = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"].flatMap((name) => list(fields[name]));
  return ranges.filter(isEverybody).map((range) => {
    const rule = { ...portsOf(fields), range: String(range) };
    return { text: `${portsText(rule)} from ${rule.range}`, rule };
  });
}

/** Nobody's outside: the private addresses of IPv6, those of one link, and those of many at once. */
const INSIDE = ["fc00::/7", "fe80::/10", "ff00::/8", "224.0.0.0/4"].flatMap((range) => readRange(range) ?? []);

/**
 * All addresses, however they are spelt (`0.0.0.0/0`, `::/0`, `0:0:0:0:0:0:0:0/0`), and ranges that are wider than any that
 * belongs to one holder, as the two halves of all (`0.0.0.0/1`) and all that IPv6 routes (`2000::/3`). IANA hands out IPv4 in
 * ranges of /8, and IPv6 in ranges of /12 to its five registries.
 */
function isEverybody(text: unknown): boolean {
  const range = readRange(text);
  if (range === undefined || range.prefix >= (range.family === "ipv4" ? 8 : 12)) return false;
  return !INSIDE.some((inside) => isWithin(range, inside));
}

/** Protocols by the numbers that IANA gives them. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  "-1": "all",
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "58": "icmpv6",
};

function portsOf(fields: Fields): Omit<Rule, "range"> {
  const said = String(fields["ip_protocol"] ?? fields["protocol"] ?? "all").toLowerCase();
  const protocol = PROTOCOLS[said] ?? said;
  const [from, to] = [Number(fields["from_port"] ?? 0), Number(fields["to_port"] ?? LAST_PORT)];
  // All of ICMP is -1; and where all protocols may pass, ports are none of it.
  return protocol === "all" || from < 0 ? { protocol, from: 0, to: LAST_PORT } : { protocol, from, to };
}
const LAST_PORT = 65_535;

function portsText({ protocol, from, to }: Rule): string {
  if (protocol === "all") return "all ports";
  if (Number.isNaN(from + to)) return protocol;
  if (protocol.startsWith("icmp")) return from === 0 && to === LAST_PORT ? protocol : `${protocol} ${from}`;
  return `${protocol} ${from === to ? from : `${from}-${to}`}`;
}

/** One that faces the outside unless it says otherwise; what passes traffic to appliances faces nobody. */
function isPublicBalancer(type: string, value: Fields): boolean {
  if (!["aws_lb", "aws_alb", "aws_elb"].includes(type) || value["load_balancer_type"] === "gateway") return false;
  return [undefined, null, false, "false"].some((open) => value["internal"] === open);
}

function covers(one: Opening, other: Opening): boolean {
  if (one.text === other.text && one.grant === undefined) return true;
  if (one.rule !== undefined && other.rule !== undefined) return coversRule(one.rule, other.rule);
  if (one.grant !== undefined && other.grant !== undefined) return coversGrant(one.grant, other.grant);
  return false;
}

/** Ports that are not known are within none. */
function coversRule(one: Rule, other: Rule): boolean {
  const [range, within] = [readRange(one.range), readRange(other.range)];
  const ports = one.from <= other.from && other.to <= one.to;
  if (range === undefined || within === undefined || !isWithin(within, range)) return false;
  return one.protocol === "all" || (one.protocol === other.protocol && ports);
}

const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

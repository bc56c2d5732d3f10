/**
 * What of a resource is open to everybody, in words: rules of security groups that let all addresses in, and services that have a
 * public address. Both the flat rules and those that stand in a group are read.
 * @param value the resource's attributes, as a plan or a program has them
 */
export function opensToAll(type: string, value: unknown): string[] {
  if (!isRecord(value)) return [];
  const open = value["publicly_accessible"] === true || value["publicly_accessible"] === "true";
  return [...rulesIn(type, value).flatMap(openRule), ...(open ? ["a public address"] : [])];
}

/** What comes in by a resource: itself, where it is a rule, and the rules that are written in a group. */
function rulesIn(type: string, value: Fields): Fields[] {
  switch (type) {
    case "aws_vpc_security_group_ingress_rule":
      return [value];
    case "aws_security_group_rule":
      return value["type"] === "ingress" ? [value] : [];
    case "aws_security_group":
    case "aws_default_security_group":
      return list(value["ingress"]).filter(isRecord);
    default:
      return [];
  }
}

function openRule(rule: Fields): string[] {
  const ranges = ["cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks"].flatMap((name) => list(rule[name]));
  return ranges.filter(isEverybody).map((range) => `${portsOf(rule)} from ${String(range)}`);
}

/**
 * All addresses, however they are spelt (`0.0.0.0/0`, `::/0`, `0:0:0:0:0:0:0:0/0`), and ranges that are wider than any that
 * belongs to one holder, as the two halves of all (`0.0.0.0/1`) and all that IPv6 routes (`2000::/3`). IANA hands out IPv4 in
 * ranges of /8, and IPv6 in ranges of /12 to its five registries. The private addresses of IPv6 (`fc00::/7`) are nobody's outside.
 */
function isEverybody(range: unknown): boolean {
  const [, address, prefix] = (typeof range === "string" && /^([\da-f.:]+)\/(\d+)$/i.exec(range)) || [];
  if (address === undefined) return false;
  if (!address.includes(":")) return Number(prefix) < 8;
  return Number(prefix) < (/^f[cd]/i.test(address) ? 7 : 12);
}

function portsOf(rule: Fields): string {
  const protocol = String(rule["ip_protocol"] ?? rule["protocol"] ?? "all");
  if (protocol === "-1" || protocol === "all") return "all ports";
  const [from, to] = [rule["from_port"] ?? 0, rule["to_port"] ?? 65_535];
  return `${protocol} ${from === to ? String(from) : `${String(from)}-${String(to)}`}`;
}

type Fields = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** Prefixes of a VPC's range, and of a subnet's (Amazon VPC User Guide, "VPC CIDR blocks" and "Subnet CIDR blocks"). */
export const NETWORK_PREFIX = { min: 16, max: 28 } as const;

/**
 * Ranges that no network of hosts can have: EC2 answers with InvalidVpc.Range. Public ranges can be had, and so can 100.64.0.0/10
 * (Amazon VPC User Guide, "VPC CIDR blocks"; IANA IPv4 Special-Purpose Address Registry, RFC 6890).
 */
const NO_NETWORKS: readonly (readonly [range: string, what: string])[] = [
  ["0.0.0.0/8", "'this' network"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local, where the metadata service is"],
  ["224.0.0.0/4", "multicast"],
  ["240.0.0.0/4", "reserved"],
];

/** Which part of IPv4 a range touches that no network can have, and what that is for; undefined where it touches none. */
export function specialRange(cidr: string): { readonly range: string; readonly what: string } | undefined {
  const [first, last] = span(cidr);
  const found = NO_NETWORKS.find(([range]) => {
    const [from, to] = span(range);
    return first <= to && from <= last;
  });
  return found && { range: found[0], what: found[1] };
}

/** First and last address of a range, as numbers. */
function span(cidr: string): [number, number] {
  const [address = "", prefix = "32"] = cidr.split("/");
  const first = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

import fc from "fast-check";
import { expect, test } from "vitest";
import type { HeldResource } from "../../../../terraform/state-resources.js";
import {
  describeRule,
  revokeRule,
  strangeRules,
  type Direction,
  type Rule,
} from "../../../../stacks/aws/plan/drift-rules.js";

const GROUP = "sg-core";
const held = (type: string, values: object): HeldResource => ({
  ...{ address: `${type}.x`, type, name: "x", values: { ...values } },
});
const entry = (more: object) => ({
  ...{ cidr_blocks: [], ipv6_cidr_blocks: [], prefix_list_ids: [], security_groups: [], self: false, description: "" },
  ...more,
});
const group = (entries: readonly object[], direction: Direction = "ingress") =>
  held("aws_security_group", { id: GROUP, [direction]: entries });
const tcp = (port: number) => ({ protocol: "tcp", from_port: port, to_port: port });
const opened = (port: number, more: object) =>
  held("aws_vpc_security_group_ingress_rule", {
    ...{ security_group_id: GROUP, ip_protocol: "tcp", from_port: port, to_port: port },
    ...more,
  });

test.each([
  ["a range", opened(22, { cidr_ipv4: "10.0.0.0/8" }), entry({ ...tcp(22), cidr_blocks: ["10.0.0.0/8"] })],
  ["a range of IPv6", opened(22, { cidr_ipv6: "::/0" }), entry({ ...tcp(22), ipv6_cidr_blocks: ["::/0"] })],
  ["a list", opened(22, { prefix_list_id: "pl-1" }), entry({ ...tcp(22), prefix_list_ids: ["pl-1"] })],
  [
    "a group",
    opened(22, { referenced_security_group_id: "sg-a" }),
    entry({ ...tcp(22), security_groups: ["123456789012/sg-a"] }),
  ],
  ["the group itself", opened(22, { referenced_security_group_id: GROUP }), entry({ ...tcp(22), self: true })],
  [
    "all protocols, whose ports AWS tells as none or as 0",
    opened(0, { ip_protocol: "-1", from_port: null, to_port: null, cidr_ipv4: "10.0.0.0/8" }),
    entry({ protocol: "-1", from_port: 0, to_port: 0, cidr_blocks: ["10.0.0.0/8"] }),
  ],
  [
    "a protocol by number",
    opened(22, { ip_protocol: "6", cidr_ipv4: "10.0.0.0/8" }),
    entry({ ...tcp(22), cidr_blocks: ["10.0.0.0/8"] }),
  ],
  [
    "a rule of the older type",
    held("aws_security_group_rule", {
      ...{ security_group_id: GROUP, type: "ingress", ...tcp(22), cidr_blocks: ["10.0.0.0/8", "10.9.0.0/16"] },
    }),
    entry({ ...tcp(22), cidr_blocks: ["10.9.0.0/16", "10.0.0.0/8"] }),
  ],
])("%s that the state has is no stranger, nor in another group", (_, rule, there) => {
  expect(strangeRules(group([there]), [rule], "ingress")).toEqual([]);
  const elsewhere = { ...rule, values: { ...rule.values, security_group_id: "sg-other" } };
  expect(strangeRules(group([there]), [elsewhere], "ingress")).not.toEqual([]);
  expect(strangeRules(group([there], "egress"), [rule], "egress")).not.toEqual([]);
});

test.each([
  ["tcp", 22, 22, "0.0.0.0/0", "tcp 22 from", "IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]"],
  ["udp", 1, 9, "::/0", "udp 1-9 from", "IpProtocol=udp,FromPort=1,ToPort=9,Ipv6Ranges=[{CidrIpv6=::/0}]"],
  ["-1", null, null, "sg-a", "all traffic from", "IpProtocol=-1,UserIdGroupPairs=[{GroupId=sg-a}]"],
  [
    ...(["tcp", 22, 22, "123456789012/sg-a", "tcp 22 from"] as const),
    "IpProtocol=tcp,FromPort=22,ToPort=22,UserIdGroupPairs=[{GroupId=sg-a,UserId=123456789012}]",
  ],
  ["icmp", -1, -1, "pl-1", "icmp from", "IpProtocol=icmp,FromPort=-1,ToPort=-1,PrefixListIds=[{PrefixListId=pl-1}]"],
])("%s %s-%s from %s is told, and taken away", (protocol, from, to, peer, told, permission) => {
  const rule = { protocol, from, to, peer };
  expect(describeRule(rule, "ingress")).toBe(`ingress: ${told} ${peer}`);
  expect(revokeRule(GROUP, rule, "egress")).toEqual([
    ...["ec2", "revoke-security-group-egress", "--group-id", GROUP, "--ip-permissions", permission],
  ]);
});

const rule = fc.record({
  protocol: fc.constantFrom("tcp", "udp"),
  from: fc.integer({ min: 1, max: 4 }),
  peer: fc.constantFrom("10.0.0.0/8", "0.0.0.0/0", "::/0", "pl-1", "sg-a", GROUP),
});
const keyOf = ({ protocol, from, peer }: { protocol: string; from: number; peer: string }) =>
  `${protocol} ${from} ${peer}`;

test("however AWS puts rules together, just those are strangers that the state does not have", () => {
  const rules = fc.uniqueArray(rule, { selector: keyOf, maxLength: 30 });
  fc.assert(
    fc.property(rules, fc.func(fc.boolean()), fc.func(fc.constantFrom("a", "b")), (all, isKnown, place) => {
      const [known, strange] = [all.filter((one) => isKnown(keyOf(one))), all.filter((one) => !isKnown(keyOf(one)))];
      const entries = new Map<string, typeof all>();
      for (const one of all) {
        const key = `${one.protocol} ${one.from} ${place(keyOf(one))}`;
        entries.set(key, [...(entries.get(key) ?? []), one]);
      }
      const there = [...entries.values()].map((some) => {
        const of = (pattern: RegExp) => some.map(({ peer }) => peer).filter((peer) => pattern.test(peer));
        return entry({
          ...{ protocol: some[0]?.protocol, from_port: some[0]?.from, to_port: some[0]?.from },
          ...{ cidr_blocks: of(/^\d/), ipv6_cidr_blocks: of(/^::/), prefix_list_ids: of(/^pl-/) },
          ...{ security_groups: of(/^sg-a/), self: of(/^sg-core/).length > 0 },
        });
      });
      const resources = known.map(({ protocol, from, peer }) => {
        const name = /^\d/.test(peer) ? "cidr_ipv4" : /^::/.test(peer) ? "cidr_ipv6" : undefined;
        const by = name ?? (peer.startsWith("pl-") ? "prefix_list_id" : "referenced_security_group_id");
        return opened(from, { ip_protocol: protocol, [by]: peer });
      });
      const found = strangeRules(group(there), resources, "ingress").map(({ protocol, from, peer }: Rule) =>
        keyOf({ protocol, from: from ?? 0, peer }),
      );
      expect(found.sort()).toEqual(strange.map(keyOf).sort());
    }),
  );
});

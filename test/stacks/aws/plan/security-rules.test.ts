import fc from "fast-check";
import { expect, test } from "vitest";
import { openingsOf } from "../../../../stacks/aws/plan/security-rules.js";
import { isWithin, readRange } from "../../../../terraform/ranges.js";

const rule = { from_port: 22, to_port: 22, ip_protocol: "tcp" };

test.each<[string, object, string[]]>([
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv4: "0.0.0.0/0" }, ["tcp 22 from 0.0.0.0/0"]],
  ["aws_vpc_security_group_ingress_rule", { ip_protocol: "-1", cidr_ipv6: "::/0" }, ["all ports from ::/0"]],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv4: "10.0.0.0/8" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv4: "128.0.0.0/1" }, ["tcp 22 from 128.0.0.0/1"]],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv6: "2000::/3" }, ["tcp 22 from 2000::/3"]],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv6: "2001:DB8::/32" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv6: "fc00::/7" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv6: "f000::/4" }, ["tcp 22 from f000::/4"]],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv4: "${var.range}" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv6: "fe80::/10" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv6: "ff00::/8" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv4: "224.0.0.0/4" }, []],
  ["aws_vpc_security_group_ingress_rule", { ...rule, cidr_ipv4: "192.0.0.0/2" }, ["tcp 22 from 192.0.0.0/2"]],
  ["aws_vpc_security_group_ingress_rule", { ...rule, ip_protocol: "6", cidr_ipv6: "::/0" }, ["tcp 22 from ::/0"]],
  ["aws_vpc_security_group_ingress_rule", { ...rule, ip_protocol: 17, cidr_ipv6: "::/0" }, ["udp 22 from ::/0"]],
  [
    "aws_vpc_security_group_ingress_rule",
    { from_port: -1, to_port: -1, ip_protocol: "icmp", cidr_ipv4: "0.0.0.0/0" },
    ["icmp from 0.0.0.0/0"],
  ],
  [
    "aws_vpc_security_group_ingress_rule",
    { ...rule, from_port: "${var.port}", cidr_ipv4: "0.0.0.0/0" },
    ["tcp from 0.0.0.0/0"],
  ],
  [
    "aws_vpc_security_group_ingress_rule",
    { from_port: 8, to_port: -1, ip_protocol: "1", cidr_ipv4: "0.0.0.0/0" },
    ["icmp 8 from 0.0.0.0/0"],
  ],
  ["aws_vpc_security_group_egress_rule", { ...rule, cidr_ipv4: "0.0.0.0/0" }, []],
  ["aws_security_group_rule", { type: "egress", cidr_blocks: ["0.0.0.0/0"] }, []],
  [
    "aws_security_group_rule",
    { type: "ingress", protocol: "tcp", from_port: 0, to_port: 99, cidr_blocks: ["10.0.0.0/8", "0.0.0.0/0"] },
    ["tcp 0-99 from 0.0.0.0/0"],
  ],
  [
    "aws_security_group",
    { ingress: [{ protocol: "-1", ipv6_cidr_blocks: ["::/0"], cidr_blocks: null }], egress: [] },
    ["all ports from ::/0"],
  ],
  [
    "aws_security_group",
    { ingress: { protocol: "udp", from_port: 5, to_port: 5, cidr_blocks: ["0.0.0.0/0"] } },
    ["udp 5 from 0.0.0.0/0"],
  ],
  ["aws_redshift_cluster", { publicly_accessible: true }, ["a public address"]],
  ["aws_db_instance", { publicly_accessible: false }, []],
])("%s %j", (type, value, opens) => {
  expect(openingsOf(type, value).map(({ text }) => text)).toEqual(opens);
});

const range = fc.oneof(
  fc.tuple(fc.ipV4(), fc.nat(32)).map(([address, prefix]) => `${address}/${prefix}`),
  fc.tuple(fc.ipV6(), fc.nat(128)).map(([address, prefix]) => `${address}/${prefix}`),
);

test("a range is within itself and within all, and not within what is narrower", () => {
  fc.assert(
    fc.property(range, (text) => {
      const one = readRange(text)!;
      const all = readRange(text.includes(":") ? "::/0" : "0.0.0.0/0")!;
      expect(isWithin(one, one)).toBe(true);
      expect(isWithin(one, all)).toBe(true);
      expect(isWithin(all, one)).toBe(one.prefix === 0);
    }),
  );
});

test.each([
  ["10.1.0.0/16", "10.0.0.0/8", true],
  ["11.0.0.0/8", "10.0.0.0/8", false],
  ["2001:db8::/32", "2000::/3", true],
  ["::ffff:10.0.0.0/104", "::ffff:0:0/96", true],
  ["10.0.0.0/8", "::/0", false],
])("%s within %s: %s", (one, other, within) => {
  expect(isWithin(readRange(one)!, readRange(other)!)).toBe(within);
});

test("anything at all is read", () => {
  const type = fc.constantFrom("aws_security_group", "aws_security_group_rule", "aws_db_instance");
  fc.assert(
    fc.property(type, fc.jsonValue(), (name, value) => {
      expect(Array.isArray(openingsOf(name, value))).toBe(true);
      expect(Array.isArray(openingsOf(name, { ingress: value, cidr_blocks: value }))).toBe(true);
    }),
  );
});

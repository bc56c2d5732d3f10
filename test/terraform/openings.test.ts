import fc from "fast-check";
import { expect, test } from "vitest";
import { opensToAll } from "../../terraform/openings.js";

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
  expect(opensToAll(type, value)).toEqual(opens);
});

test("anything at all is read", () => {
  const type = fc.constantFrom("aws_security_group", "aws_security_group_rule", "aws_db_instance");
  fc.assert(
    fc.property(type, fc.jsonValue(), (name, value) => {
      expect(Array.isArray(opensToAll(name, value))).toBe(true);
      expect(Array.isArray(opensToAll(name, { ingress: value, cidr_blocks: value }))).toBe(true);
    }),
  );
});

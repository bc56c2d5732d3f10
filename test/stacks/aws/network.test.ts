import { describe, expect, test } from "vitest";
import { resourceAt, resourcesOf } from "../../program/document.js";
import { small } from "../../program/small.js";
import { synthesize } from "../../program/synthesize.js";

const network = (platform: Parameters<typeof small>[1]) =>
  synthesize((app) => {
    small(app, platform);
  }).document;

describe("the network", () => {
  test("has a public and a private subnet in each zone, and no public addresses by itself", () => {
    const document = network({ platform: { zones: 2, cidr: "10.20.0.0/16" } });
    expect(resourceAt(document, "aws_vpc.cluster")["cidr_block"]).toBe("10.20.0.0/16");
    const subnets = resourcesOf(document, "aws_subnet");
    expect(Object.keys(subnets).sort()).toEqual(["private_a", "private_b", "public_a", "public_b"]);
    for (const [name, subnet] of Object.entries(subnets))
      expect(subnet).toMatchObject({ map_public_ip_on_launch: false, availability_zone: `eu-west-1${name.at(-1)}` });
  });

  test("takes the zones that are named, in any order and by letter or name", () => {
    const document = network({ platform: { zones: ["eu-west-1c", "a", "c"] } });
    expect(Object.keys(resourcesOf(document, "aws_subnet")).sort()).toEqual([
      "private_a",
      "private_c",
      "public_a",
      "public_c",
    ]);
  });

  test("keeps a zone's ranges when another is added", () => {
    const [two, three] = [2, 3].map((zones) => resourcesOf(network({ platform: { zones } }), "aws_subnet"));
    for (const [name, subnet] of Object.entries(two!)) expect(three![name]).toEqual(subnet);
  });

  test("leaves through one NAT gateway by default", () => {
    const document = network({});
    expect(Object.keys(resourcesOf(document, "aws_nat_gateway"))).toEqual(["a"]);
    for (const zone of ["a", "b", "c"])
      expect(resourceAt(document, `aws_route.private_${zone}`)["nat_gateway_id"]).toBe("${aws_nat_gateway.a.id}");
  });

  test("leaves through one in each zone where that is asked for", () => {
    const document = network({ platform: { nat: "per-zone" } });
    expect(Object.keys(resourcesOf(document, "aws_nat_gateway"))).toEqual(["a", "b", "c"]);
    for (const zone of ["a", "b", "c"]) {
      expect(resourceAt(document, `aws_route.private_${zone}`)["nat_gateway_id"]).toBe(
        `\${aws_nat_gateway.${zone}.id}`,
      );
      expect(resourceAt(document, `aws_nat_gateway.${zone}`)["subnet_id"]).toBe(`\${aws_subnet.public_${zone}.id}`);
    }
  });

  test("reaches S3 without NAT, from all private subnets", () => {
    const document = network({ platform: { zones: 2 } });
    expect(resourceAt(document, "aws_vpc_endpoint.s3")).toMatchObject({
      service_name: "com.amazonaws.eu-west-1.s3",
      vpc_endpoint_type: "Gateway",
      route_table_ids: ["${aws_route_table.private_a.id}", "${aws_route_table.private_b.id}"],
    });
  });

  test("closes the default security group", () => {
    const group = resourceAt(network({}), "aws_default_security_group.cluster");
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });
});

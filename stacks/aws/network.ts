import { tryParseCidr } from "../../model/units.js";
import {
  DefaultSecurityGroup,
  Eip,
  InternetGateway,
  NatGateway,
  Route,
  RouteTable,
  RouteTableAssociation,
  Subnet,
  Vpc,
  VpcEndpoint,
} from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import { letterOf } from "./names.js";
import { named, type Network, type Site } from "./context.js";
import { zoneNetworks } from "./subnets.js";

const ANYWHERE = "0.0.0.0/0";

/** A VPC with a public and a private subnet in each zone: VMs live in the private ones, and leave through NAT. */
export function renderNetwork(site: Site): Network {
  const { scope, model } = site;
  const { cidr, zones, region } = model.platform;
  const vpc = new Vpc(scope, "vpc", "cluster", {
    cidr_block: cidr,
    enable_dns_hostnames: true,
    enable_dns_support: true,
    tags: named(site),
  });
  const vpcId = vpc.ref("id");
  new DefaultSecurityGroup(scope, "default-group", "cluster", { vpc_id: vpcId, tags: named(site, "closed") });
  const publicSubnets = renderPublic(site, vpcId);
  const [first = ""] = zones;
  const natZones = model.platform.nat === "one" ? [first] : zones;
  const nats = new Map(natZones.map((zone) => [zone, renderNat(site, zone, publicSubnets.get(zone)!)]));
  const tables = zones.map((zone) => renderPrivate(site, vpcId, zone, nats.get(zone) ?? nats.get(first)!));
  new VpcEndpoint(scope, "s3-endpoint", "s3", {
    vpc_id: vpcId,
    service_name: `com.amazonaws.${region}.s3`,
    vpc_endpoint_type: "Gateway",
    route_table_ids: tables.map(({ table }) => table),
    tags: named(site, "s3"),
  });
  return { vpcId, publicSubnets, privateSubnets: new Map(tables.map(({ zone, subnet }) => [zone, subnet])) };
}

function renderPublic(site: Site, vpcId: Ref): Map<string, Ref> {
  const { scope, model } = site;
  const gateway = new InternetGateway(scope, "internet", "cluster", { vpc_id: vpcId, tags: named(site) });
  const table = new RouteTable(scope, "public-routes", "public", { vpc_id: vpcId, tags: named(site, "public") });
  new Route(scope, "public-default", "public", {
    route_table_id: table.ref("id"),
    destination_cidr_block: ANYWHERE,
    gateway_id: gateway.ref("id"),
  });
  return new Map(
    model.platform.zones.map((zone) => {
      const subnet = renderSubnet(site, vpcId, zone, "public");
      associate(site, `public_${letterOf(zone)}`, subnet, table.ref("id"));
      return [zone, subnet];
    }),
  );
}

function renderNat(site: Site, zone: string, subnet: Ref): Ref {
  const letter = letterOf(zone);
  const address = new Eip(site.scope, `nat-address-${letter}`, `nat_${letter}`, {
    domain: "vpc",
    tags: named(site, "nat", letter),
  });
  const nat = new NatGateway(site.scope, `nat-${letter}`, letter, {
    allocation_id: address.ref("id"),
    subnet_id: subnet,
    depends_on: ["aws_internet_gateway.cluster"],
    tags: named(site, letter),
  });
  return nat.ref("id");
}

function renderPrivate(site: Site, vpcId: Ref, zone: string, nat: Ref): { zone: string; subnet: Ref; table: Ref } {
  const letter = letterOf(zone);
  const name = `private_${letter}`;
  const subnet = renderSubnet(site, vpcId, zone, "private");
  const table = new RouteTable(site.scope, `private-routes-${letter}`, name, {
    vpc_id: vpcId,
    tags: named(site, "private", letter),
  });
  new Route(site.scope, `private-default-${letter}`, name, {
    route_table_id: table.ref("id"),
    destination_cidr_block: ANYWHERE,
    nat_gateway_id: nat,
  });
  associate(site, name, subnet, table.ref("id"));
  return { zone, subnet, table: table.ref("id") };
}

function renderSubnet(site: Site, vpcId: Ref, zone: string, side: "public" | "private"): Ref {
  const letter = letterOf(zone);
  const network = tryParseCidr(site.model.platform.cidr)!;
  return new Subnet(site.scope, `${side}-subnet-${letter}`, `${side}_${letter}`, {
    vpc_id: vpcId,
    availability_zone: zone,
    cidr_block: zoneNetworks(network, zone)[side],
    map_public_ip_on_launch: false,
    tags: named(site, side, letter),
  }).ref("id");
}

function associate(site: Site, name: string, subnet: Ref, table: Ref): void {
  new RouteTableAssociation(site.scope, `routes-of-${name}`, name, { subnet_id: subnet, route_table_id: table });
}

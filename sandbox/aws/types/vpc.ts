import { NETWORK_PREFIX, specialRange } from "../../../providers/aws/limits/ranges.js";
import { contains, overlaps, parseRange } from "../addresses.js";
import { ec2Id } from "../ids.js";
import { findZone, zonesOf } from "../regions.js";
import { text, type ObjectValue } from "../../value.js";
import type { Behaviour, Scene } from "./resource-handler.js";
import { accountId, always, companion, ec2Arn, idOf, newId, same, standardJson } from "./common.js";

const vpc: Behaviour = {
  id: newId("vpc"),
  computed: {
    arn: ec2Arn("vpc"),
    owner_id: accountId,
    default_network_acl_id: companion("acl"),
    default_route_table_id: companion("rtb"),
    default_security_group_id: companion("sg"),
    main_route_table_id: same("default_route_table_id"),
    dhcp_options_id: ({ account }) => ec2Id("dopt", [account.id, account.region]),
    instance_tenancy: always("default"),
  },
  refuse: ({ draft }) => {
    const cidr = text(draft["cidr_block"]) ?? "";
    const range = parseRange(cidr);
    const [least, most] = [2 ** (32 - NETWORK_PREFIX.max), 2 ** (32 - NETWORK_PREFIX.min)];
    return range === undefined || range.size > most || range.size < least || specialRange(cidr) !== undefined
      ? `InvalidVpc.Range: The CIDR '${cidr}' is invalid.`
      : undefined;
  },
  after: (scene, previous) => {
    if (previous === undefined) furnish(scene);
  },
  remove: (account, { key, attributes }) => {
    account.store.remove(account.place(), "aws_security_group", text(attributes["default_security_group_id"]) ?? key);
    account.store.remove(account.place(), "aws_route_table", text(attributes["default_route_table_id"]) ?? key);
  },
};

/** What every VPC comes with: a security group and a route table. */
function furnish({ account, draft }: Scene): void {
  const own = { vpc_id: draft["id"] ?? null, owner_id: account.id, tags: null, tags_all: {} };
  const make = (type: string, key: string, kind: string, attributes: ObjectValue): void =>
    account.store.write(account.place(), {
      type,
      key,
      owner: account.owner,
      automatic: true,
      attributes: { ...own, id: key, arn: account.arn("ec2", `${kind}/${key}`), ...attributes },
    });
  make("aws_security_group", text(draft["default_security_group_id"]) ?? "", "security-group", {
    name: "default",
    description: "default VPC security group",
    ingress: [],
    egress: [],
  });
  make("aws_route_table", text(draft["default_route_table_id"]) ?? "", "route-table", {
    route: [],
    propagating_vgws: [],
  });
}

const subnet: Behaviour = {
  id: newId("subnet"),
  refs: { vpc_id: "vpc" },
  computed: {
    arn: ec2Arn("subnet"),
    owner_id: accountId,
    availability_zone: ({ account, draft }) =>
      findZone(account.region, text(draft["availability_zone_id"]) ?? "")?.name ??
      zonesOf(account.region)[0]?.name ??
      "",
    availability_zone_id: ({ account, draft }) =>
      findZone(account.region, text(draft["availability_zone"]) ?? "")?.id ?? "",
    private_dns_hostname_type_on_launch: always("ip-name"),
  },
  refuse: ({ account, draft }) => {
    const zone = text(draft["availability_zone"]);
    if (zone !== undefined && findZone(account.region, zone) === undefined) {
      const valid = zonesOf(account.region).map(({ name }) => name);
      return `InvalidParameterValue: Value (${zone}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${valid.join(", ")}.`;
    }
    return refuseRange({ account, draft });
  },
};

function refuseRange({ account, draft }: Pick<Scene, "account" | "draft">): string | undefined {
  const cidr = text(draft["cidr_block"]) ?? "";
  const network = text(draft["vpc_id"]) ?? "";
  const range = parseRange(cidr);
  const outer = parseRange(text(account.find("aws_vpc", network)?.attributes["cidr_block"]) ?? "");
  const tooSmall = range !== undefined && range.size < 2 ** (32 - NETWORK_PREFIX.max);
  if (range === undefined || outer === undefined || tooSmall || !contains(outer, range))
    return `InvalidSubnet.Range: The CIDR '${cidr}' is invalid.`;
  const clash = account.list("aws_subnet").some(({ attributes }) => {
    const other = parseRange(text(attributes["cidr_block"]) ?? "");
    return attributes["vpc_id"] === network && other !== undefined && overlaps(range, other);
  });
  return clash ? `InvalidSubnet.Conflict: The CIDR '${cidr}' conflicts with another subnet` : undefined;
}

const internetGateway: Behaviour = {
  id: newId("igw"),
  refs: { vpc_id: "vpc" },
  computed: { arn: ec2Arn("internet-gateway"), owner_id: accountId },
  refuse: ({ account, draft }) => {
    const attached = account
      .list("aws_internet_gateway")
      .some(({ attributes }) => typeof draft["vpc_id"] === "string" && attributes["vpc_id"] === draft["vpc_id"]);
    return attached
      ? `Resource.AlreadyAssociated: resource ${text(draft["vpc_id"]) ?? ""} is already attached to an internet gateway`
      : undefined;
  },
};

const endpoint: Behaviour = {
  id: newId("vpce"),
  refs: {
    vpc_id: "vpc",
    "route_table_ids[]": "routeTable",
    "subnet_ids[]": "subnet",
    "security_group_ids[]": "securityGroup",
  },
  plan: (draft, { config }) => {
    if ((config["policy"] ?? null) !== null) draft["policy"] = standardJson(config["policy"]);
    return [];
  },
  computed: {
    arn: ec2Arn("vpc-endpoint"),
    owner_id: accountId,
    state: always("available"),
    prefix_list_id: ({ account, draft }) =>
      draft["vpc_endpoint_type"] === "Gateway"
        ? `pl-${ec2Id("", [account.region, draft["service_name"]]).slice(2, 10)}`
        : "",
    policy: always(
      '{"Statement":[{"Action":"*","Effect":"Allow","Principal":"*","Resource":"*"}],"Version":"2008-10-17"}',
    ),
    service_region: ({ account }) => account.region,
    ip_address_type: always("ipv4"),
    dns_entry: (scene) =>
      scene.draft["vpc_endpoint_type"] === "Interface"
        ? [
            {
              dns_name: `${idOf(scene)}.${text(scene.draft["service_name"]) ?? ""}.vpce.${scene.account.dnsSuffix}`,
              hosted_zone_id: "",
            },
          ]
        : [],
  },
};

export const vpcTypes = {
  aws_vpc: vpc,
  aws_subnet: subnet,
  aws_internet_gateway: internetGateway,
  aws_vpc_endpoint: endpoint,
} satisfies Record<string, Behaviour>;

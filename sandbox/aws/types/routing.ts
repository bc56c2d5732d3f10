import { crc32 } from "node:zlib";
import { freeAddress, takenAddresses } from "../addresses.js";
import { text, type ObjectValue } from "../../value.js";
import { Refusal, type Behaviour, type Scene } from "./resource-handler.js";
import { accountId, always, companion, ec2Arn, idOf, newId, publicAddress } from "./common.js";

const elasticIp: Behaviour = {
  id: newId("eipalloc"),
  computed: {
    allocation_id: idOf,
    arn: ec2Arn("elastic-ip"),
    domain: always("vpc"),
    vpc: ({ draft }) => draft["domain"] === "vpc",
    public_ip: ({ seed }) => publicAddress(seed),
    public_dns: ({ account, draft }) =>
      `ec2-${(text(draft["public_ip"]) ?? "").replaceAll(".", "-")}.${account.region}.compute.${account.dnsSuffix}`,
    network_border_group: ({ account }) => account.region,
    public_ipv4_pool: always("amazon"),
  },
};

const natGateway: Behaviour = {
  id: newId("nat"),
  refs: { subnet_id: "subnet", allocation_id: "allocation" },
  computed: {
    network_interface_id: companion("eni"),
    association_id: (scene) => (scene.draft["connectivity_type"] === "public" ? companion("eipassoc")(scene) : ""),
    public_ip: ({ account, draft }) =>
      account.find("aws_eip", text(draft["allocation_id"]) ?? "")?.attributes["public_ip"] ?? "",
    private_ip: ({ account, draft, seed }) =>
      freeAddress(account, text(draft["subnet_id"]) ?? "", seed, takenAddresses(account)) ?? "",
  },
  refuse: ({ draft }) =>
    draft["connectivity_type"] === "public" && text(draft["allocation_id"]) === undefined
      ? "MissingParameter: The request must contain the parameter AllocationId"
      : undefined,
};

const targets = {
  gateway_id: "internetGateway",
  nat_gateway_id: "natGateway",
} as const;

const routeTable: Behaviour = {
  id: newId("rtb"),
  refs: { vpc_id: "vpc", "route[].gateway_id": targets.gateway_id, "route[].nat_gateway_id": targets.nat_gateway_id },
  computed: { arn: ec2Arn("route-table"), owner_id: accountId },
  remove: (account, { key }) => {
    // Its routes are part of it.
    for (const route of account.list("aws_route"))
      if (route.attributes["route_table_id"] === key) account.store.remove(account.place(), route.type, route.key);
  },
};

const destinationOf = (attributes: ObjectValue): string =>
  text(attributes["destination_cidr_block"]) ??
  text(attributes["destination_ipv6_cidr_block"]) ??
  text(attributes["destination_prefix_list_id"]) ??
  "";

const route: Behaviour = {
  id: ({ draft }) => `r-${text(draft["route_table_id"]) ?? ""}${crc32(destinationOf(draft))}`,
  key: (attributes) => `${text(attributes["route_table_id"]) ?? ""}_${destinationOf(attributes)}`,
  duplicate: (draft) => `RouteAlreadyExists: The route identified by ${destinationOf(draft)} already exists.`,
  refs: { route_table_id: "routeTable", ...targets },
  partOf: "routeTable",
  computed: { origin: always("CreateRoute"), state: always("active") },
  import: (id) => {
    const [table = "", destination] = id.split("_");
    if (destination === undefined)
      throw new Refusal(`unexpected format of ID (${id}), expected ROUTETABLEID_DESTINATION`);
    const kind = destination.startsWith("pl-")
      ? "prefix_list_id"
      : destination.includes(":")
        ? "ipv6_cidr_block"
        : "cidr_block";
    return { route_table_id: table, [`destination_${kind}`]: destination };
  },
};

const associatedWith = (attributes: ObjectValue): string =>
  text(attributes["subnet_id"]) ?? text(attributes["gateway_id"]) ?? "";

const association: Behaviour = {
  id: newId("rtbassoc"),
  key: associatedWith,
  duplicate: (draft) =>
    `Resource.AlreadyAssociated: the specified association for route table ${text(draft["route_table_id"]) ?? ""} conflicts with an existing association`,
  refs: { route_table_id: "routeTable", subnet_id: "subnet", gateway_id: "internetGateway" },
  import: (id) => {
    const [target = "", table] = id.split("/");
    if (table === undefined) throw new Refusal(`unexpected format of ID (${id}), expected SUBNETID/ROUTETABLEID`);
    return target.startsWith("subnet-") ? { subnet_id: target } : { gateway_id: target };
  },
  settle: checkNetwork,
};

/** A route table serves the subnets of its own network alone. */
function checkNetwork({ account, draft }: Scene): void {
  const network = (type: string, id: string): string | undefined => text(account.find(type, id)?.attributes["vpc_id"]);
  const subnet = text(draft["subnet_id"]);
  const table = text(draft["route_table_id"]) ?? "";
  if (subnet !== undefined && network("aws_subnet", subnet) !== network("aws_route_table", table))
    throw new Refusal(
      `InvalidParameterValue: Route table ${table} and subnet ${subnet} belong to different networks`,
      "route_table_id",
    );
}

export const routingTypes = {
  aws_eip: elasticIp,
  aws_nat_gateway: natGateway,
  aws_route_table: routeTable,
  aws_route: route,
  aws_route_table_association: association,
} satisfies Record<string, Behaviour>;

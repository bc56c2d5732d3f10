import { balancerZone } from "../hosted-zones.js";
import { digest, pick } from "../ids.js";
import { objects, text, texts, type ObjectValue } from "../../value.js";
import { tail } from "./arn.js";
import type { Behaviour, Scene } from "./resource-handler.js";
import { always, named, nameOf, same } from "./common.js";

const kindOf = (attributes: ObjectValue): "app" | "net" | "gwy" =>
  attributes["load_balancer_type"] === "network"
    ? "net"
    : attributes["load_balancer_type"] === "gateway"
      ? "gwy"
      : "app";

const names = { ...named, name: (scene: Scene): string => nameOf(scene, "name", "tf-lb-").slice(0, 32) };

const subnetIds = (draft: ObjectValue): string[] => {
  const listed = texts(draft["subnets"]);
  return listed.length > 0
    ? listed
    : objects(draft["subnet_mapping"]).flatMap((mapping) => text(mapping["subnet_id"]) ?? []);
};

const balancer: Behaviour = {
  id: (scene) =>
    scene.account.arn(
      "elasticloadbalancing",
      `loadbalancer/${kindOf(scene.draft)}/${names.name(scene)}/${digest(scene.seed, 16)}`,
    ),
  refs: { "subnets[]": "subnet", "subnet_mapping[].subnet_id": "subnet", "security_groups[]": "securityGroup" },
  refuse: (scene) => refuseBalancer(scene),
  computed: {
    ...names,
    arn: same("id"),
    arn_suffix: ({ draft }) => tail(draft["id"], "loadbalancer/"),
    dns_name: ({ account, draft, seed }) => {
      const name = `${text(draft["name"]) ?? ""}-${pick(seed, 1_900_000_000) + 100_000_000}`;
      return kindOf(draft) === "net"
        ? `${text(draft["name"]) ?? ""}-${digest(seed, 16)}.elb.${account.region}.${account.dnsSuffix}`
        : `${draft["internal"] === true ? "internal-" : ""}${name}.${account.region}.elb.${account.dnsSuffix}`;
    },
    internal: always(false),
    ip_address_type: always("ipv4"),
    subnets: ({ draft }) => subnetIds(draft),
    subnet_mapping: ({ draft }) =>
      subnetIds(draft).map((id) => ({
        subnet_id: id,
        allocation_id: "",
        ipv6_address: "",
        private_ipv4_address: "",
        outpost_id: "",
      })),
    vpc_id: ({ account, draft }) => account.find("aws_subnet", subnetIds(draft)[0] ?? "")?.attributes["vpc_id"] ?? "",
    zone_id: ({ account }) => balancerZone(account.region),
    security_groups: ({ account, draft }) => {
      const network = account.find("aws_vpc", text(draft["vpc_id"]) ?? "");
      const group = text(network?.attributes["default_security_group_id"]);
      return kindOf(draft) === "app" && group !== undefined ? [group] : [];
    },
  },
  hold: (_account, { key, attributes }) =>
    attributes["enable_deletion_protection"] === true
      ? `OperationNotPermitted: Load balancer '${key}' cannot be deleted because deletion protection is enabled`
      : undefined,
  remove: (account, { key }) => {
    // Its listeners and their rules are parts of it.
    for (const listener of account.list("aws_lb_listener")) {
      if (listener.attributes["load_balancer_arn"] !== key) continue;
      for (const rule of account.list("aws_lb_listener_rule"))
        if (rule.attributes["listener_arn"] === listener.key)
          account.store.remove(account.place(), rule.type, rule.key);
      account.store.remove(account.place(), listener.type, listener.key);
    }
  },
};

function refuseBalancer({ account, draft, ...rest }: Scene): string | undefined {
  const name = names.name({ account, draft, ...rest });
  if (account.list("aws_lb").some(({ attributes }) => attributes["name"] === name))
    return `DuplicateLoadBalancerName: A load balancer with the same name '${name}' exists, but with different settings`;
  const zones = subnetIds(draft).map(
    (id) => text(account.find("aws_subnet", id)?.attributes["availability_zone"]) ?? "",
  );
  if (new Set(zones).size < zones.length)
    return "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone";
  return kindOf(draft) === "app" && zones.length < 2
    ? "ValidationError: At least two subnets in two different Availability Zones must be specified"
    : undefined;
}

export const loadBalancerTypes = { aws_lb: balancer } satisfies Record<string, Behaviour>;

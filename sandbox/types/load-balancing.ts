import { balancerZone } from "../hosted-zones.js";
import { digest, pick } from "../ids.js";
import type { Adjust } from "../plan.js";
import { count, isList, isObject, isUnknown, objects, text, texts, type ObjectValue, type Value } from "../value.js";
import type { Behaviour, Scene } from "./behaviour.js";
import { always, named, nameOf, same } from "./common.js";

const kindOf = (attributes: ObjectValue): "app" | "net" | "gwy" =>
  attributes["load_balancer_type"] === "network"
    ? "net"
    : attributes["load_balancer_type"] === "gateway"
      ? "gwy"
      : "app";

const tail = (arn: Value | undefined, separator: string): string =>
  (text(arn) ?? "").split(separator).slice(1).join(separator);

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

/** What a target group checks where nothing is said. */
const healthCheck = (protocol: Value | undefined): ObjectValue => {
  const isHttp = protocol === "HTTP" || protocol === "HTTPS";
  return {
    enabled: true,
    healthy_threshold: 5,
    interval: 30,
    matcher: isHttp ? "200" : "",
    path: isHttp ? "/" : "",
    port: "traffic-port",
    protocol: isHttp ? protocol : "TCP",
    timeout: isHttp ? 5 : 10,
    unhealthy_threshold: 2,
  };
};

const targetGroup: Behaviour = {
  id: (scene) =>
    scene.account.arn(
      "elasticloadbalancing",
      `targetgroup/${nameOf(scene, "name", "tf-").slice(0, 32)}/${digest(scene.seed, 16)}`,
    ),
  refs: { vpc_id: "vpc" },
  refuse: (scene) =>
    scene.account
      .list("aws_lb_target_group")
      .some(({ attributes }) => attributes["name"] === nameOf(scene, "name", "tf-").slice(0, 32))
      ? `DuplicateTargetGroupName: A target group with the same name '${nameOf(scene)}' exists, but with different settings`
      : undefined,
  computed: {
    name: (scene) => nameOf(scene, "name", "tf-").slice(0, 32),
    name_prefix: always(""),
    arn: same("id"),
    arn_suffix: ({ draft }) => (text(draft["id"]) ?? "").split(":").at(-1) ?? "",
    health_check: ({ draft }) => [healthCheck(draft["protocol"])],
    stickiness: ({ draft }) => [
      {
        cookie_duration: 86400,
        cookie_name: "",
        enabled: false,
        type: draft["protocol"] === "TCP" ? "source_ip" : "lb_cookie",
      },
    ],
    target_failover: always([{ on_deregistration: null, on_unhealthy: null }]),
    target_group_health: always([
      {
        dns_failover: [{ minimum_healthy_targets_count: "1", minimum_healthy_targets_percentage: "off" }],
        unhealthy_state_routing: [{ minimum_healthy_targets_count: 1, minimum_healthy_targets_percentage: "off" }],
      },
    ]),
    ip_address_type: always("ipv4"),
    load_balancing_algorithm_type: always("round_robin"),
    load_balancing_anomaly_mitigation: always("off"),
    load_balancing_cross_zone_enabled: always("use_load_balancer_configuration"),
    preserve_client_ip: always(null),
    protocol_version: ({ draft }) => (draft["protocol"] === "HTTP" || draft["protocol"] === "HTTPS" ? "HTTP1" : ""),
  },
  settle: ({ draft }) => {
    const presets = healthCheck(draft["protocol"]);
    draft["health_check"] = objects(draft["health_check"]).map((check) => fill(check, presets));
  },
};

/** Puts presets in the place of what is unknown. */
const fill = (values: ObjectValue, presets: ObjectValue): ObjectValue =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, isUnknown(value) ? (presets[name] ?? null) : value]),
  );

/** Actions are numbered in the order in which they stand. */
const numbered = (actions: Value | undefined): Value =>
  objects(actions).map((action, index) => ({
    ...action,
    order: isUnknown(action["order"]) || action["order"] === null ? index + 1 : (action["order"] ?? null),
  }));

/** What an action of each type is made of. */
const parts: { readonly [type: string]: readonly string[] } = {
  "authenticate-cognito": ["authenticate_cognito"],
  "authenticate-oidc": ["authenticate_oidc"],
  "fixed-response": ["fixed_response"],
  forward: ["target_group_arn", "forward"],
  redirect: ["redirect"],
};
/** What is there of another type of action. */
const foreign = (action: ObjectValue): string[] =>
  Object.entries(parts).flatMap(([type, names]) => (type === action["type"] ? [] : names));

const isNothing = (value: Value | undefined): boolean => (value ?? "") === "" || (isList(value) && value.length === 0);

/** The real provider plans no removal of what belongs to an action's former type: the plan shows it until it is applied. */
const keepForeign =
  (block: string): Adjust =>
  (draft, { prior }) => {
    const actions = draft[block];
    if (prior === null || !isList(actions)) return [];
    const before = objects(prior[block]);
    draft[block] = actions.map((action, index) => {
      if (!isObject(action)) return action;
      const kept = foreign(action).filter((name) => isNothing(action[name]) && !isNothing(before[index]?.[name]));
      return { ...action, ...Object.fromEntries(kept.map((name) => [name, before[index]?.[name] ?? null])) };
    });
    return [];
  };

/** What the cloud makes of it: an action has no parts of another type. */
const withoutForeign = (actions: Value | undefined): Value =>
  objects(actions).map((action) => ({
    ...action,
    ...Object.fromEntries(foreign(action).map((name) => [name, name === "target_group_arn" ? "" : []])),
  }));

const targets = (block: string): NonNullable<Behaviour["refs"]> => ({
  [`${block}[].target_group_arn`]: "targetGroup",
  [`${block}[].forward[].target_group[].arn`]: "targetGroup",
});

const listener: Behaviour = {
  id: ({ account, draft, seed }) =>
    account.arn(
      "elasticloadbalancing",
      `listener/${tail(draft["load_balancer_arn"], "loadbalancer/")}/${digest(seed, 16)}`,
    ),
  refs: { load_balancer_arn: "loadBalancer", ...targets("default_action") },
  refuse: ({ account, draft }) => {
    const port = count(draft["port"]);
    const twin = account
      .list("aws_lb_listener")
      .some(
        ({ attributes }) =>
          attributes["load_balancer_arn"] === draft["load_balancer_arn"] && attributes["port"] === port,
      );
    if (twin) return "DuplicateListener: A listener already exists on this port for this load balancer";
    const isSecure = draft["protocol"] === "HTTPS" || draft["protocol"] === "TLS";
    return isSecure && text(draft["certificate_arn"]) === undefined
      ? `ValidationError: A certificate must be specified for ${text(draft["protocol"]) ?? ""} listeners`
      : undefined;
  },
  computed: {
    arn: same("id"),
    protocol: always("HTTP"),
    ssl_policy: ({ draft }) =>
      draft["protocol"] === "HTTPS" || draft["protocol"] === "TLS" ? "ELBSecurityPolicy-2016-08" : "",
    tcp_idle_timeout_seconds: ({ draft }) => (draft["protocol"] === "TCP" ? 350 : null),
    routing_http_response_server_enabled: ({ draft }) =>
      draft["protocol"] === "HTTP" || draft["protocol"] === "HTTPS" ? true : null,
  },
  plan: keepForeign("default_action"),
  settle: ({ draft }) => {
    draft["default_action"] = withoutForeign(numbered(draft["default_action"]));
  },
  remove: (account, { key }) => {
    for (const rule of account.list("aws_lb_listener_rule"))
      if (rule.attributes["listener_arn"] === key) account.store.remove(account.place(), rule.type, rule.key);
  },
};

const rulesOf = ({ account, draft }: Scene): number[] =>
  account
    .list("aws_lb_listener_rule")
    .filter(({ attributes }) => attributes["listener_arn"] === draft["listener_arn"])
    .map(({ attributes }) => count(attributes["priority"]) ?? 0);

const rule: Behaviour = {
  id: ({ account, draft, seed }) =>
    account.arn(
      "elasticloadbalancing",
      `listener-rule/${tail(draft["listener_arn"], ":listener/")}/${digest(seed, 16)}`,
    ),
  refs: { listener_arn: "listener", ...targets("action") },
  refuse: (scene) => {
    const priority = count(scene.draft["priority"]);
    return priority !== undefined && rulesOf(scene).includes(priority)
      ? `PriorityInUse: Priority '${priority}' is currently in use`
      : undefined;
  },
  computed: { arn: same("id"), priority: (scene) => Math.max(0, ...rulesOf(scene)) + 1 },
  plan: keepForeign("action"),
  settle: ({ draft }) => {
    draft["action"] = withoutForeign(numbered(draft["action"]));
  },
};

export const loadBalancingTypes = {
  aws_lb: balancer,
  aws_lb_target_group: targetGroup,
  aws_lb_listener: listener,
  aws_lb_listener_rule: rule,
} satisfies Record<string, Behaviour>;

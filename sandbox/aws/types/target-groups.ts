import { digest } from "../ids.js";
import { isUnknown, objects, text, type ObjectValue, type Value } from "../../value.js";
import type { Behaviour } from "./resource-handler.js";
import { always, nameOf, same } from "./common.js";

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

export const targetGroupTypes = { aws_lb_target_group: targetGroup } satisfies Record<string, Behaviour>;

import { ARN } from "./samples.mjs";

/** Arguments of which a resource has at most one. */
const EXCLUSIVE = {
  aws_autoscaling_group: [
    "launch_configuration launch_template mixed_instances_policy",
    "availability_zones vpc_zone_identifier",
  ],
  aws_cloudwatch_metric_alarm: ["statistic extended_statistic"],
  aws_db_instance: ["identifier identifier_prefix"],
  aws_launch_template: ["default_version update_default_version"],
  aws_lb: ["subnets subnet_mapping"],
  aws_route: [
    "destination_cidr_block destination_ipv6_cidr_block destination_prefix_list_id",
    "carrier_gateway_id core_network_arn egress_only_gateway_id gateway_id local_gateway_id nat_gateway_id " +
      "network_interface_id transit_gateway_id vpc_endpoint_id vpc_peering_connection_id",
  ],
  aws_route53_record: ["records alias"],
  aws_route_table_association: ["subnet_id gateway_id"],
  aws_s3_bucket: ["bucket bucket_prefix"],
  aws_s3_object: ["content content_base64 source"],
  aws_ssm_parameter: ["value insecure_value value_wo"],
  aws_subnet: ["availability_zone availability_zone_id"],
  aws_vpc: ["cidr_block ipv4_netmask_length"],
  aws_vpc_security_group_egress_rule: ["cidr_ipv4 cidr_ipv6 prefix_list_id referenced_security_group_id"],
  aws_vpc_security_group_ingress_rule: ["cidr_ipv4 cidr_ipv6 prefix_list_id referenced_security_group_id"],
};
const EVERYWHERE = ["name name_prefix"];

/** What stands instead of an argument of which one is needed. */
const INSTEAD = {
  aws_autoscaling_group: {
    launch_template: { launch_configuration: "lc-1" },
    vpc_zone_identifier: { availability_zones: ["eu-west-1a"] },
  },
  aws_cloudwatch_metric_alarm: { statistic: { extended_statistic: "p90" } },
  aws_lb: { subnets: { subnet_mapping: [{ subnet_id: "subnet-1" }, { subnet_id: "subnet-2" }] } },
  aws_route: {
    destination_cidr_block: { destination_ipv6_cidr_block: "::/0" },
    gateway_id: { nat_gateway_id: "nat-1" },
  },
  aws_route_table_association: { subnet_id: { gateway_id: "igw-1" } },
  aws_ssm_parameter: { value: { insecure_value: "one" } },
  aws_vpc_security_group_egress_rule: { cidr_ipv4: { referenced_security_group_id: "sg-2" } },
  aws_vpc_security_group_ingress_rule: { cidr_ipv4: { referenced_security_group_id: "sg-2" } },
};

const listenerAction = (type, rest = {}) => ({ default_action: [{ type, ...rest }] });
const ruleAction = (type, rest = {}) => ({ action: [{ type, ...rest }] });
const actions = (name, action) => ({
  [`${name}[].forward`]: action("forward"),
  [`${name}[].redirect`]: action("redirect", { redirect: [{ status_code: "HTTP_301" }] }),
  [`${name}[].fixed_response`]: action("fixed-response"),
  [`${name}[].authenticate_cognito`]: action("authenticate-cognito"),
  [`${name}[].authenticate_oidc`]: action("authenticate-oidc"),
});

/** What must stand around an argument for the provider to look at it, by the start of its path. */
const CONTEXTS = {
  aws_ebs_volume: { multi_attach_enabled: { type: "io2", iops: 100 } },
  aws_lb: {
    access_logs: { access_logs: [{ enabled: true, bucket: "logs" }] },
    connection_logs: { connection_logs: [{ enabled: true, bucket: "logs" }] },
    dns_record_client_routing_policy: { load_balancer_type: "network" },
    enable_cross_zone_load_balancing: { load_balancer_type: "network" },
    enforce_security_group_inbound_rules_on_private_link_traffic: { load_balancer_type: "network" },
  },
  aws_lb_listener: {
    ...actions("default_action", listenerAction),
    routing_http_request_: { protocol: "HTTPS", certificate_arn: ARN("acm", "certificate/1") },
    tcp_idle_timeout_seconds: { protocol: "TCP" },
  },
  aws_lb_listener_rule: actions("action", ruleAction),
  aws_nat_gateway: { secondary_private_ip_address_count: { connectivity_type: "private", allocation_id: null } },
  aws_sqs_queue: {
    content_based_deduplication: { name: "events.fifo", fifo_queue: true },
    deduplication_scope: { name: "events.fifo", fifo_queue: true },
    fifo_: { name: "events.fifo", fifo_queue: true },
    kms_data_key_reuse_period_seconds: { kms_master_key_id: "key" },
  },
};

/** The base configuration, with what must stand around the argument at `path`. */
export function context(owner, path, base) {
  const name = path.join("[].");
  const found = Object.entries(CONTEXTS[owner] ?? {}).find(([start]) => name.startsWith(start));
  return found ? { ...base, ...found[1] } : base;
}

/**
 * The base configuration without what may not stand beside the argument at `path` (`others`), and one in which the
 * argument itself is not set (`without`), with another of its kind where one is needed.
 */
export function exclusive(owner, path, base) {
  const groups = [...(EXCLUSIVE[owner] ?? []), ...EVERYWHERE].map((line) => line.split(" "));
  const rivals = groups.find((names) => names.includes(path[0]))?.filter((name) => name !== path[0]) ?? [];
  const others = Object.fromEntries(Object.entries(base).filter(([key]) => !rivals.includes(key)));
  if (path.length > 1 || rivals.length === 0) return { others, without: others };
  const { [path[0]]: own, ...rest } = base;
  return { others, without: own === undefined ? base : { ...rest, ...INSTEAD[owner]?.[path[0]] } };
}

export const POLICY = (action) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: action, Resource: "*" }] });
export const TRUST = (service) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: service } }],
  });
export const ARN = (service, rest) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;

const TRUTH = ["true", "false"];

/** Two different values, by the name of the attribute, where the type alone does not give plausible ones. */
const BY_NAME = {
  associate_carrier_ip_address: TRUTH,
  associate_public_ip_address: TRUTH,
  delete_on_termination: TRUTH,
  ebs_optimized: TRUTH,
  encrypted: TRUTH,
  preserve_client_ip: TRUTH,
  primary_ipv6: TRUTH,
  arn: [ARN("made", "up/1"), ARN("made", "up/2")],
  cidr_block: ["10.1.0.0/20", "10.2.0.0/20"],
  cidr_ipv4: ["10.1.0.0/20", "10.2.0.0/20"],
  cidr_ipv6: ["2001:db8:1::/64", "2001:db8:2::/64"],
  date: ["2030-01-01T00:00:00Z", "2031-01-01T00:00:00Z"],
  ipv6_cidr_block: ["2001:db8:1::/64", "2001:db8:2::/64"],
  storage_class: ["GLACIER", "STANDARD_IA"],
  policy: [POLICY("s3:GetObject"), POLICY("s3:PutObject")],
  assume_role_policy: [TRUST("ec2.amazonaws.com"), TRUST("ecs.amazonaws.com")],
};

/**
 * Two different plausible values for an attribute.
 * @param {string} owner the resource type
 * @param {string} key the attribute's own name
 * @param {unknown} type its type in the schema
 */
export function samples(owner, key, type) {
  const own = BY_TYPE[owner]?.[key];
  if (own !== undefined) return own;
  if (type === "string") return BY_NAME[key] ?? (key.endsWith("_arn") ? BY_NAME.arn : ["first", "second"]);
  if (type === "number") return [3, 5];
  if (type === "bool") return [true, false];
  const [kind, of] = type;
  if (kind === "map") return [{ a: samples(owner, key, of)[0] }, { a: samples(owner, key, of)[1] }];
  if (kind === "object")
    return [0, 1].map((n) =>
      Object.fromEntries(Object.entries(of).map(([name, inner]) => [name, samples(owner, name, inner)[n]])),
    );
  return samples(owner, key.replace(/s$/, ""), of).map((value) => [value]);
}

/** Two different values of an argument of one resource type. */
const BY_TYPE = {
  aws_lb: { enforce_security_group_inbound_rules_on_private_link_traffic: ["on", "off"] },
  aws_s3_bucket_lifecycle_configuration: {
    transition_default_minimum_object_size: ["varies_by_storage_class", "all_storage_classes_128K"],
  },
  aws_sqs_queue: { fifo_queue: [true, false] },
};

/** What the cloud itself answers for a computed attribute, where the provider looks at it when it plans. */
const COMPUTED = {
  aws_instance: { user_data: null, user_data_base64: null },
  aws_lb_target_group: { protocol_version: "HTTP1", ip_address_type: "ipv4" },
};

/** A plausible value for what is computed: another one than the two of {@link samples}. */
export function computedSample(type, key, attributeType) {
  const known = COMPUTED[type]?.[key];
  if (known !== undefined) return known;
  if (key.endsWith("arn")) return ARN("made", "up/3");
  if (attributeType === "string") return "computed";
  if (attributeType === "number") return 7;
  if (attributeType === "bool") return false;
  return attributeType[0] === "map" || attributeType[0] === "object" ? {} : [];
}

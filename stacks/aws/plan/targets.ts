import { LightfleetError } from "../../../errors/error.js";
import type { Model } from "../../../model/schema.js";
import { RELEASE } from "./prior-state.js";
import { gatewayReach, serviceReach } from "./target-dependencies.js";
import { blocksOf } from "../../../terraform/config-blocks.js";

/** What the security groups of fleets, gateways and shared volumes consist of. */
const GUARDED = ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
/** The types of what is behind a name. Others may have the same name: the network, the bucket, and what a program adds. */
const TYPES = {
  fleets: [
    ...GUARDED,
    ...["aws_autoscaling_group", "aws_autoscaling_lifecycle_hook", "aws_launch_template"],
    ...["aws_iam_instance_profile", "aws_iam_role", "aws_iam_role_policy"],
  ],
  gateways: [...GUARDED, "aws_lb", "aws_lb_listener", "aws_lb_listener_rule", "aws_lb_target_group"],
  volumes: [...GUARDED, "aws_efs_file_system", "aws_efs_file_system_policy", "aws_efs_mount_target"],
} as const;
const KINDS = ["fleets", "gateways", "volumes"] as const;

/**
 * The addresses of what is behind names of the program: a fleet's, a gateway's or a volume's own resources; for a service
 * the release, which holds all of them; for gateways and services also what lets them reach others.
 * @param root the synthesized JSON
 * @param gone services that are deployed, and that the program has no more
 * @throws LF605 where a name is none of these, or has nothing behind it: a plan without an address is one of all
 */
export function targetAddresses(
  root: unknown,
  model: Model,
  names: readonly string[],
  gone: readonly string[] = [],
): string[] {
  const addresses = names.flatMap((name) => {
    if (gone.includes(name)) return [RELEASE];
    if (model.services.some(({ id }) => id === name)) return [RELEASE, ...serviceReach(root, model, name)];
    const kind = KINDS.find((one) => model[one].some(({ id }) => id === name));
    if (kind === undefined) throw unknown(model, name, gone);
    const own = resourcesOf(root, TYPES[kind], name);
    if (own.length === 0) throw without(model, name);
    return [...own, ...gatewayReach(root, model, name)];
  });
  return [...new Set(addresses)];
}

/** The names that the program has no such thing for. */
export const strangers = (model: Model, names: readonly string[]): string[] => {
  const known = new Set(namesOf(model));
  return names.filter((name) => !known.has(name));
};

const namesOf = (model: Model): string[] =>
  [...model.services, ...KINDS.flatMap((kind) => [...model[kind]])].map(({ id }) => id).sort();

const resourcesOf = (root: unknown, types: readonly string[], id: string): string[] =>
  types.flatMap((type) =>
    blocksOf(root, type)
      .filter((name) => name === id || name.startsWith(`${id}_`))
      .map((name) => `${type}.${name}`),
  );

const unknown = (model: Model, name: string, gone: readonly string[]): LightfleetError =>
  new LightfleetError(`the cluster ${model.cluster} has no fleet, service, gateway or volume '${name}'`, {
    code: "LF605",
    kind: "usage",
    hint: `it has ${[...new Set([...namesOf(model), ...gone])].join(", ")}`,
  });

/** A volume that is a directory of VMs comes with who mounts it. */
function without({ services }: Model, id: string): LightfleetError {
  const users = services.filter(({ volumes }) => Object.values(volumes).includes(id));
  const hint =
    users.length === 0
      ? "nothing mounts it: leave it out"
      : `it comes with the services that mount it: ${users.map((user) => `--target ${user.id}`).join(" ")}`;
  return new LightfleetError(`'${id}' has no resource of its own: it is a directory of the VMs`, {
    ...{ code: "LF605", kind: "usage", hint },
  });
}

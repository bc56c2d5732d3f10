import type { Model, ServiceModel } from "../../../model/schema.js";
import { letterOf } from "../names.js";
import { planOpenings } from "../security-rules.js";
import { hasBlock } from "../../../terraform/config-blocks.js";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

/**
 * What is of the fleets behind a gateway, and is needed for it to reach them: what they let in from it, and the groups that
 * put their VMs into its target groups. Nothing where the name is no gateway's.
 */
export function gatewayReach(root: unknown, { gateways, services }: Model, id: string): string[] {
  const routes = gateways.filter((gateway) => gateway.id === id).flatMap((gateway) => gateway.routes);
  return routes
    .flatMap(({ service, port }) =>
      fleetsOf(services, service).flatMap((fleet) => [
        `${INGRESS}.${fleet}_from_${id}_${service}_${port}`,
        `aws_autoscaling_group.${fleet}`,
      ]),
    )
    .filter((address) => hasBlock(root, address));
}

/** The rules that a service needs: between its fleets and those of its partners, to its shared volumes, and to the world. */
export function serviceReach(root: unknown, model: Model, id: string): string[] {
  const openings = (services: ServiceModel[]) => planOpenings({ ...model, gateways: [], services });
  const always = new Set(openings([]).map(({ name }) => name));
  return openings(withPartners(model, id))
    .filter(({ name }) => !always.has(name))
    .map(({ direction, name }) => `${direction === "in" ? INGRESS : EGRESS}.${name}`)
    .filter((address) => hasBlock(root, address));
}

/** A service, those that it uses, and those that use it, with no other edges. */
function withPartners({ services }: Model, id: string): ServiceModel[] {
  const used = services.filter((one) => one.id === id).flatMap(({ uses }) => uses.map(({ to }) => to));
  return services.flatMap((one) => {
    if (one.id === id) return [one];
    const uses = one.uses.filter(({ to }) => "service" in to && to.service === id);
    const isUsed = used.some((to) => "service" in to && to.service === one.id);
    return isUsed || uses.length > 0 ? [{ ...one, uses, volumes: {} }] : [];
  });
}

/** What a service needs beside rules of its own: where it runs, its files, and how gateways get to it. */
interface Need {
  /** What to name, so that it is made. */
  readonly target: string;
  readonly what: string;
  readonly address: string;
  /** What must be there for it to be needed. @default nothing */
  readonly where?: string;
}

/** All that a service needs, be it there or not. A gateway that does not route to it yet may do so later. */
export function needsOf(root: unknown, model: Model, { id, on, volumes }: ServiceModel): Need[] {
  const mounted = Object.values(volumes);
  const shared = model.volumes.filter((volume) => volume.kind === "shared" && mounted.includes(volume.id));
  const fleets = on.map((target) => ({
    target,
    what: `the fleet ${target}`,
    address: `aws_autoscaling_group.${target}`,
  }));
  const files = shared.flatMap(({ id: target }) =>
    model.platform.zones.map((zone) => ({
      ...{ target, what: `the volume ${target}`, address: `aws_efs_mount_target.${target}_${letterOf(zone)}` },
    })),
  );
  const ways = model.gateways.flatMap(({ id: target, routes }) =>
    routes
      .filter(({ service }) => service === id)
      .flatMap(({ port }) =>
        on.map((fleet) => ({
          ...{ target, what: `the way from ${target} to ${id}` },
          address: `${EGRESS}.${target}_to_${fleet}_${id}_${port}`,
          where: `aws_lb_target_group.${target}_${id}_${port}`,
        })),
      ),
  );
  return [...fleets, ...files, ...ways].filter(({ address }) => hasBlock(root, address));
}

/** The fleets that a gateway routes to; none where there is no gateway of that name. */
export function fleetsBehind({ gateways, services }: Model, id: string): string[] {
  const routed = gateways.filter((gateway) => gateway.id === id).flatMap(({ routes }) => routes);
  return [...new Set(routed.flatMap(({ service }) => fleetsOf(services, service)))].sort();
}

const fleetsOf = (services: readonly ServiceModel[], id: string): string[] =>
  services.find((one) => one.id === id)?.on ?? [];

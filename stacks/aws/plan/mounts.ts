import * as z from "zod/mini";
import { FLEET_LABEL } from "../../../node/deploy.js";
import type { PlanJson } from "../../../terraform/plan-schema.js";
import { priorRelease } from "./prior-state.js";

/** A deployed service that writes to the VMs' own disks. */
export interface Mount {
  readonly service: string;
  /** The volumes that are directories of a VM. */
  readonly volumes: readonly string[];
  /** Where it is placed, as in `node.labels.lightfleet.fleet == core`; all of them hold. */
  readonly constraints: readonly string[];
}

const stackSchema = z.object({
  stack: z.object({
    services: z.record(
      z.string(),
      z.object({
        volumes: z._default(z.array(z.object({ type: z.string(), source: z.optional(z.string()) })), []),
        deploy: z.optional(
          z.object({
            placement: z.optional(z.object({ constraints: z._default(z.array(z.string()), []) })),
          }),
        ),
      }),
    ),
    // A shared volume has a driver's options; one of each VM has none.
    volumes: z._default(z.record(z.string(), z.object({ driver_opts: z.optional(z.unknown()) })), {}),
  }),
});

/** Who writes to the VMs' disks by the release that is deployed: the program may name none of it any more. */
export const deployedMounts = (plan: PlanJson): Mount[] => mountsOf(priorRelease(plan));

/** Who writes to the VMs' disks by a release; nobody where it is none. */
export function mountsOf(bundle: unknown): Mount[] {
  const release = stackSchema.safeParse(bundle);
  if (!release.success) return [];
  const { services, volumes } = release.data.stack;
  const isLocal = (id: string): boolean => volumes[id] !== undefined && volumes[id].driver_opts === undefined;
  return Object.entries(services).flatMap(([service, { volumes: mounted, deploy }]) => {
    const named = mounted.flatMap(({ type, source }) => (type === "volume" && source !== undefined ? [source] : []));
    const local = [...new Set(named.filter(isLocal))];
    return local.length === 0 ? [] : [{ service, volumes: local, constraints: deploy?.placement?.constraints ?? [] }];
  });
}

/** Whether a service is placed on VMs of a fleet. */
export const mayRunOn = (fleet: string, { constraints }: Mount): boolean =>
  constraints.every((constraint) => {
    const [label, relation, named] = constraint.split(" ");
    return label !== `node.labels.${FLEET_LABEL}` || (named === fleet) === (relation === "==");
  });

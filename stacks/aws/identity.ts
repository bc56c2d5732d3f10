import type { FleetModel, Model } from "../../model/schema.js";
import {
  IamInstanceProfile,
  IamPolicy,
  IamRole,
  IamRolePolicy,
  IamRolePolicyAttachment,
} from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import { boundedName } from "./names.js";
import { assumedByEc2, assumedByRole, fleetPolicies, pullPolicy } from "./policies.js";
import { pullsFromEcr } from "./registries.js";
import { named, type Site, type Storage } from "./context.js";

/** IAM allows prefixes of 38 characters; names are per account, not per region, so that a prefix is all that we fix. */
const PREFIX = 38;

/** The roles of a cluster. */
export interface Roles {
  /** Those of VMs, by fleet. */
  readonly roles: ReadonlyMap<string, IamRole>;
  /** ARN of the role that managers assume for tokens of ECR, where images are pulled from there. */
  readonly pull: Ref | undefined;
}

/** The roles of the VMs of all fleets, and the one that managers assume to pull. */
export function renderRoles(site: Site): Roles {
  const { scope, model } = site;
  const roles = new Map(
    model.fleets.map(({ id, tags }) => [
      id,
      new IamRole(scope, `role-${id}`, id, {
        name_prefix: prefixOf(model.cluster, id),
        assume_role_policy: assumedByEc2(model.platform.region),
        ...bounded(model),
        tags: { ...tags, ...named(site, id) },
      }),
    ]),
  );
  return { roles, pull: pullsFromEcr(model) ? renderPullRole(site, roles) : undefined };
}

const bounded = ({ platform: { permissionsBoundary } }: Model): { permissions_boundary?: string } =>
  permissionsBoundary === undefined ? {} : { permissions_boundary: permissionsBoundary };

const prefixOf = (cluster: string, id: string): string => `${boundedName([cluster, id], PREFIX - 1)}-`;

/** No fleet's id has a `_`, so that this is none's. */
const PULL = "cluster_pull";

function renderPullRole(site: Site, roles: ReadonlyMap<string, IamRole>): Ref {
  const { scope, model } = site;
  const control = model.fleets.find(({ role }) => role === "control")!;
  const role = new IamRole(scope, PULL, PULL, {
    name_prefix: prefixOf(model.cluster, "pull"),
    assume_role_policy: assumedByRole(roles.get(control.id)!.ref("arn")),
    ...bounded(model),
    tags: named(site, "pull"),
  });
  new IamRolePolicy(scope, `${PULL}-policy`, PULL, {
    name: "lightfleet",
    role: role.ref("id"),
    policy: pullPolicy(model),
  });
  return role.ref("arn");
}

/** The policy of a fleet's VMs and their instance profile; gives the name of the instance profile. */
export function renderIdentity(
  { scope, model }: Site,
  storage: Storage,
  fleet: FleetModel,
  { roles, pull }: Roles,
): Ref {
  const { id } = fleet;
  const prefix = prefixOf(model.cluster, id);
  const tags = { ...fleet.tags, ...named({ scope, model }, id) };
  const role = roles.get(id)!;
  const { inline, further } = fleetPolicies(model, fleet, { ...storage, pull });
  const attachments = further.map((policy, index) => {
    const name = `${id}_${index + 1}`;
    const managed = new IamPolicy(scope, `policy-${name}`, name, { name_prefix: prefix, policy, tags });
    return new IamRolePolicyAttachment(scope, `attachment-${name}`, name, {
      role: role.ref("name"),
      policy_arn: managed.ref("arn"),
    });
  });
  new IamRolePolicy(scope, `policy-${id}`, id, {
    name: "lightfleet",
    role: role.ref("id"),
    policy: inline,
    // What the inline policy no longer allows is allowed by then.
    ...(attachments.length > 0 && { depends_on: attachments.map(({ address }) => address) }),
  });
  return new IamInstanceProfile(scope, `profile-${id}`, id, { name_prefix: prefix, role: role.ref("name"), tags }).ref(
    "name",
  );
}

import type { FleetModel } from "../../model/schema.js";
import { IamInstanceProfile, IamRole, IamRolePolicy } from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import { boundedName } from "./names.js";
import { assumedByEc2, fleetPolicy } from "./policies.js";
import { named, type Site, type Storage } from "./site.js";

/** IAM allows prefixes of 38 characters; names are per account, not per region, so that a prefix is all that we fix. */
const PREFIX = 38;

/** The role of a fleet's VMs with its one policy; gives the name of the instance profile. */
export function renderIdentity({ scope, model }: Site, storage: Storage, fleet: FleetModel): Ref {
  const { id } = fleet;
  const prefix = `${boundedName([model.cluster, id], PREFIX - 1)}-`;
  const tags = { ...fleet.tags, ...named({ scope, model }, id) };
  const role = new IamRole(scope, `role-${id}`, id, {
    name_prefix: prefix,
    assume_role_policy: assumedByEc2(model.platform.region),
    tags,
  });
  new IamRolePolicy(scope, `policy-${id}`, id, {
    name: "lightfleet",
    role: role.ref("id"),
    policy: fleetPolicy(model, fleet, storage),
  });
  return new IamInstanceProfile(scope, `profile-${id}`, id, { name_prefix: prefix, role: role.ref("name"), tags }).ref(
    "name",
  );
}

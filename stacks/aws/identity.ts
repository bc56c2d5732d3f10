import type { FleetModel } from "../../model/schema.js";
import {
  IamInstanceProfile,
  IamPolicy,
  IamRole,
  IamRolePolicy,
  IamRolePolicyAttachment,
} from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import { boundedName } from "./names.js";
import { assumedByEc2, fleetPolicies } from "./policies.js";
import { named, type Site, type Storage } from "./context.js";

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
  const { inline, further } = fleetPolicies(model, fleet, storage);
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

import {
  SecurityGroup,
  VpcSecurityGroupEgressRule,
  VpcSecurityGroupIngressRule,
} from "../../providers/aws/bindings.gen.js";
import type { Ref } from "../../providers/aws/reference.js";
import { unreserved } from "./names.js";
import { planOpenings, type Opening, type Peer } from "./security-rules.js";
import { named, type Network, type Site } from "./context.js";

/** Security group ids: of each fleet, gateway and shared volume, and "swarm", which all VMs share. */
export type Groups = ReadonlyMap<string, Ref>;

/** A security group for each fleet, gateway and shared volume and one that all VMs share, with one rule resource for each opening. */
export function renderSecurity(site: Site, network: Network): Groups {
  const { model } = site;
  const owners: readonly { readonly id: string; readonly tags?: Tags }[] = [
    { id: "swarm" },
    ...model.fleets,
    ...model.gateways.map(({ id }) => ({ id })),
    ...model.volumes.filter(({ kind }) => kind === "shared").map(({ id }) => ({ id })),
  ];
  const groups = new Map(owners.map(({ id, tags }) => [id, renderGroup(site, network.vpcId, id, tags)]));
  for (const opening of planOpenings(model)) renderRule(site, groups, opening);
  return groups;
}

type Tags = Readonly<Record<string, string>>;

function renderGroup(site: Site, vpcId: Ref, name: string, tags: Tags = {}): Ref {
  return new SecurityGroup(site.scope, `group-${name}`, name, {
    name: unreserved(`${site.model.cluster}-${name}`, "sg-"),
    description: `${site.model.cluster}: ${name}`,
    vpc_id: vpcId,
    tags: { ...tags, ...named(site, name) },
  }).ref("id");
}

/** Number of the protocol (IANA): EC2 knows few by their names. */
const ESP = "50";

function renderRule(site: Site, groups: Groups, opening: Opening): void {
  const rule = {
    security_group_id: groups.get(opening.group)!,
    ip_protocol: opening.protocol === "esp" ? ESP : opening.protocol,
    ...(opening.port !== null && { from_port: opening.port, to_port: opening.port }),
    description: opening.why,
    ...peerOf(site, groups, opening.peer),
  };
  if (opening.direction === "in") new VpcSecurityGroupIngressRule(site.scope, `in-${opening.name}`, opening.name, rule);
  else new VpcSecurityGroupEgressRule(site.scope, `out-${opening.name}`, opening.name, rule);
}

function peerOf(site: Site, groups: Groups, peer: Peer): { cidr_ipv4: string } | { referenced_security_group_id: Ref } {
  if (peer.kind === "group") return { referenced_security_group_id: groups.get(peer.of)! };
  return { cidr_ipv4: peer.of === "vpc" ? site.model.platform.cidr : "0.0.0.0/0" };
}

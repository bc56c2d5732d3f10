/**
 * What a back end produced of a cluster's network: read from what will be applied, and not from the model, so that the two
 * can be held against each other.
 */
export interface Produced {
  /** Address range of the cluster's network. */
  readonly cidr: string;
  readonly fleets: ReadonlyMap<string, ProducedFleet>;
  readonly gateways: ReadonlyMap<string, ProducedGateway>;
  /** Rules of all security groups. */
  readonly rules: readonly GroupRule[];
  /** Services as the swarm gets them. */
  readonly services: ReadonlyMap<string, ProducedService>;
}

export interface ProducedFleet {
  /** Security groups of its VMs. */
  readonly groups: readonly string[];
  /** Target groups that its VMs are in. */
  readonly targets: readonly string[];
  /** What the nodes' own firewall lets in; null where they have none. */
  readonly firewall: readonly NodeRule[] | null;
}

export interface ProducedGateway {
  readonly groups: readonly string[];
  /** Ports that it listens on. */
  readonly listens: readonly number[];
  /** Target groups that it sends requests to, and the port on their VMs. */
  readonly targets: ReadonlyMap<string, number>;
}

/** A rule of a security group. */
export interface GroupRule {
  readonly direction: "in" | "out";
  readonly group: string;
  readonly peer: { readonly group: string } | { readonly cidr: string };
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

/** What a node's firewall lets in from a range. */
export interface NodeRule {
  /** A range, or null for anybody. */
  readonly source: string | null;
  /** As in `tcp`; null for all. */
  readonly protocol: string | null;
  /** Null for all. */
  readonly port: number | null;
}

export interface ProducedService {
  /** Overlay networks that its tasks are on. */
  readonly networks: readonly string[];
  /** Fleets that its placement allows. */
  readonly fleets: readonly string[];
  /** Ports that it has on VMs: on every VM of the swarm (`ingress`), or where a task is (`host`). */
  readonly published: readonly { readonly port: number; readonly on: number; readonly mode: "ingress" | "host" }[];
}

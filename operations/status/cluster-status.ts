import type { Differences } from "./differences.js";
import type { FleetStatus, GatewayStatus } from "../../stacks/platform/status.js";
import type { ServiceStatus } from "./services.js";

export interface ClusterStatus {
  readonly id: string;
  /** Whether anything of the cluster is there. */
  readonly deployed: boolean;
  /** How many objects the cloud holds for the cluster. */
  readonly objects: number;
  readonly fleets: readonly FleetStatus[];
  readonly gateways: readonly GatewayStatus[];
  readonly services: readonly ServiceStatus[];
  /** Whether what runs where is the planner's word alone, as in the sandbox. */
  readonly simulated: boolean;
  /** When the managers last told of the services, in ISO 8601; in an account only. */
  readonly told?: string;
  /** The nodes of the swarm that the managers find something wrong with; in an account only. */
  readonly problems?: readonly { readonly node: string; readonly what: string }[];
  /** Why what they tell cannot be read; in an account only. */
  readonly untold?: string;
  /** Range of the network of published ports, as in `100.95.240.0/20`; in an account only. */
  readonly ingress?: string;
  /** Where anything is there: what is to be deployed still, apart from what was changed outside. */
  readonly differences?: Differences;
}

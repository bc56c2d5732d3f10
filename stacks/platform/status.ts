// How fleets and gateways fare, in the words that all platforms share.

export interface InstanceStatus {
  readonly id: string;
  readonly zone: string;
  readonly privateAddress: string;
  readonly machine: string;
  readonly lifecycle: "on-demand" | "spot";
  /** What is told of it in an account only. */
  readonly live?: {
    /** As its group says it, as in `InService`. */
    readonly state: string;
    readonly healthy: boolean;
    /** Version of the launch template that it was made from, where the group knows. */
    readonly template: string | null;
    /** AMI that it was booted from, where EC2 still knows the VM. */
    readonly image: string | null;
    readonly launched: string | null;
  };
}

/** How far a group is in replacing its VMs. */
export interface RefreshStatus {
  /** As AWS says it, as in `InProgress`. */
  readonly state: string;
  /** Of 100. */
  readonly percent: number;
  readonly reason?: string;
}

/** What an autoscaling group is set to, and how its VMs fare. */
export interface GroupStatus {
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly healthy: number;
  /** Version of the launch template that new VMs are made from. */
  readonly template: string | null;
  /** How many VMs were made from another version. */
  readonly outdated: number;
  /** The replacement that goes on, or was the last where VMs are outdated still. */
  readonly refresh: RefreshStatus | null;
}

export interface FleetStatus {
  readonly id: string;
  readonly role: "control" | "worker";
  readonly machine: string;
  /** In an account what a deploy would leave it at (the declared number, or that of its group within the declared bounds), in the sandbox as deployed. */
  readonly desired: number;
  readonly running: number;
  /** How many of the running ones were bought on the spot market. */
  readonly spot: number;
  /** How many run in each zone of the fleet, and in zones that it has left. */
  readonly zones: Readonly<Record<string, number>>;
  readonly instances: readonly InstanceStatus[];
  /** In an account: the fleet's group, or null where there is none. */
  readonly group?: GroupStatus | null;
  /** False where the fleet is there and the program, as it was last synthesized, has none of that name. */
  readonly declared?: false;
}

export interface RouteStatus {
  readonly path: string;
  readonly service: string;
  readonly port: number;
  /** Ids of the VMs that the load balancer may send to. */
  readonly targets: readonly string[];
  /** In an account: how the load balancer's own health checks end. */
  readonly health?: TargetHealth;
}

export interface TargetHealth {
  readonly healthy: number;
  readonly unhealthy: number;
  /** Coming or going: neither yet. */
  readonly other: number;
  /** Why targets are not healthy, in the words of AWS, each once. */
  readonly reasons: readonly string[];
}

export interface GatewayStatus {
  readonly id: string;
  readonly internal: boolean;
  /** Null where the load balancer is not there. */
  readonly url: string | null;
  readonly routes: readonly RouteStatus[];
}

/** How far a fleet's VMs are. */
export interface FleetProgress {
  readonly id: string;
  readonly desired: number;
  /** VMs that are in service and healthy. */
  readonly healthy: number;
  /** VMs that are older than what new ones are made from; absent where there are none. */
  readonly outdated?: number;
  /** The replacement of its VMs, where there is one. */
  readonly refresh?: {
    /** In the words of the cloud. */
    readonly state: string;
    readonly outcome: "running" | "failed" | "done";
    /** Of 100. */
    readonly percent: number;
    readonly reason?: string;
    /** The command that begins it again, in quotes. */
    readonly restart: string;
  };
  /** Why the last VM could not be started, in the words of the cloud. */
  readonly problem?: string;
}

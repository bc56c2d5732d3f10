/** A virtual machine of an autoscaling group. */
export interface Instance {
  readonly id: string;
  readonly zone: string;
  readonly subnet: string;
  readonly privateAddress: string;
  readonly machine: string;
  readonly lifecycle: "on-demand" | "spot";
  readonly launchTemplate: { readonly id: string; readonly version: number };
}

/** A renewal of a group's instances. */
export interface Refresh {
  readonly id: string;
  readonly reason: string;
  readonly replaced: number;
}

/** What an autoscaling group has made. */
export interface Fleet {
  readonly instances: readonly Instance[];
  readonly refreshes: readonly Refresh[];
  /** How many instances the group has ever launched. */
  readonly launched: number;
}

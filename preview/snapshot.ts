import type { CheckFinding, CheckReport } from "../checks/run.js";
import type { Model } from "../model/schema.js";

/** A finding with where it is in the program, as texts: `main.ts:12:1 [shop/cart]`. */
export interface SideFinding extends Pick<CheckFinding, "code" | "severity" | "message" | "acknowledged"> {
  readonly places: readonly string[];
}

/** What a cluster is on one side of a comparison. */
export interface ClusterSide {
  readonly model: Model;
  readonly findings: readonly SideFinding[];
  readonly headroom: CheckReport["headroom"];
  /** Each service as the release bundle has it: what Docker compares. */
  readonly bundle: Readonly<Record<string, unknown>>;
  /** What VMs of a fleet boot with: files by path, by fleet. */
  readonly bootData: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Addresses of the rules and load balancers that Lightfleet itself writes for edges and gateways: what these open is told of those. */
  readonly openings?: readonly string[];
  /** Addresses of the program's own resources, beside those that Lightfleet makes of the model. */
  readonly own?: readonly string[];
  /** Where the state is kept, as in `s3://acme-state/shop/terraform.tfstate`. */
  readonly state?: string;
}

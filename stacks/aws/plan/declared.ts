import { readRelease } from "./read-back.js";
import { releasedServices, UNKNOWN, type ReleasedServices } from "../../../node/released.js";
import { recordOf } from "../../../lib/records.js";

/** What the program declares, as Terraform JSON says it: with what the lock file pins, and the release as it will be. */
export interface Declared {
  /** What launch templates name as their image, by fleet; without what only Terraform knows. */
  readonly images: ReadonlyMap<string, string>;
  /** Undefined where there is no release in it that can be read. */
  readonly services: ReleasedServices | undefined;
  /** Names of all autoscaling groups, those of fleets and others. */
  readonly groups: ReadonlySet<string>;
  /** Names of all load balancers, those of gateways and others. */
  readonly balancers: ReadonlySet<string>;
}

/** Reads what is declared out of a cluster's Terraform JSON. */
export function readDeclared(root: unknown): Declared {
  const of = (type: string): [string, unknown][] =>
    Object.entries(recordOf(recordOf(recordOf(root)["resource"])[type]));
  const names = (type: string): ReadonlySet<string> => new Set(of(type).map(([name]) => name));
  return {
    images: new Map(
      of("aws_launch_template").flatMap(([name, template]) => {
        const image = recordOf(template)["image_id"];
        return typeof image !== "string" || image.includes("${") ? [] : [[name, image] as const];
      }),
    ),
    services: releasedServices(bundleIn(root)),
    groups: names("aws_autoscaling_group"),
    balancers: names("aws_lb"),
  };
}

function bundleIn(root: unknown): unknown {
  try {
    return readRelease(root, () => UNKNOWN);
  } catch {
    return undefined;
  }
}

import { CloudwatchLogGroup } from "../../providers/aws/bindings.gen.js";
import { parameterPath } from "./parameters.js";
import { named, type Site } from "./site.js";

/** Days that logs are kept. */
const RETENTION = 30;

/** The log group of a cluster, as VMs name it. */
export const logGroup = (cluster: string): string => parameterPath(cluster);

export function renderLogs(site: Site): void {
  new CloudwatchLogGroup(site.scope, "logs", "cluster", {
    name: logGroup(site.model.cluster),
    retention_in_days: RETENTION,
    tags: named(site),
  });
}

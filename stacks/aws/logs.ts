import { logGroup } from "../../node/logging.js";
import { CloudwatchLogGroup } from "../../providers/aws/bindings.gen.js";
import { named, type Site } from "./context.js";

/** Days that logs are kept. */
const RETENTION = 30;

export function renderLogs(site: Site): void {
  new CloudwatchLogGroup(site.scope, "logs", "cluster", {
    name: logGroup(site.model.cluster),
    retention_in_days: RETENTION,
    tags: named(site),
  });
}

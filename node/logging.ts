import type { Model } from "../model/schema.js";
import type { Json } from "./json.js";

/** The log group of a cluster, where the output of its tasks is kept. */
export const logGroup = (cluster: string): string => `/lightfleet/${cluster}`;

/**
 * A task's output goes to CloudWatch Logs, since it would else go with the VM; a stream for each task, named after it.
 * Not blocking: neither a start nor a write waits for AWS, and what does not fit into the buffer meanwhile is lost.
 * `docker service logs` works all the same, by the engine's own cache.
 */
export const composeLogging = ({ cluster, platform }: Model): Json => ({
  driver: "awslogs",
  options: {
    "awslogs-region": platform.region,
    "awslogs-group": logGroup(cluster),
    tag: "{{.Name}}",
    mode: "non-blocking",
    "max-buffer-size": "4m",
  },
});

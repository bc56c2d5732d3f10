/** A service of a bundle, as stacks have it; it can run on any engine. */
export type Composed = Readonly<Record<string, unknown>>;

/** A service that runs on the fleet `core`, whose update is over after a moment. */
export function composed(image: string, props: Composed = {}): Composed {
  const { deploy, ...others } = props;
  const update = { parallelism: 1, delay: "0ms", order: "start-first", monitor: "1000ms", max_failure_ratio: 0 };
  return {
    image,
    networks: ["web"],
    logging: { driver: "json-file", options: {} },
    stop_grace_period: "1000ms",
    deploy: {
      mode: "replicated",
      replicas: 1,
      placement: {
        constraints: ["node.labels.lightfleet.fleet == core"],
        preferences: [{ spread: "node.labels.lightfleet.zone" }],
      },
      resources: { reservations: {}, limits: { pids: 1000 } },
      update_config: { ...update, failure_action: "rollback" },
      rollback_config: { ...update, failure_action: "pause" },
      restart_policy: { condition: "any", delay: "1s" },
      ...(deploy as Composed | undefined),
    },
    ...others,
  };
}

/** A bundle with these services, all on one network. */
export const bundleOf = (cluster: string, services: Readonly<Record<string, Composed>>, more: Composed = {}): string =>
  JSON.stringify({
    version: 1,
    cluster,
    stack: { version: "3.9", services, networks: { web: { driver: "overlay", attachable: false } } },
    secrets: {},
    configs: {},
    ...more,
  });

/** Publishes a port of a service, in the routing mesh or on its nodes. */
export const publishing = (published: number, mode: "ingress" | "host" = "ingress"): Composed => ({
  ports: [{ target: 80, published, protocol: "tcp", mode }],
});

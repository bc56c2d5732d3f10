import {
  aws,
  Cluster,
  command,
  Fleet,
  Gateway,
  http,
  rolling,
  Service,
  tcp,
  type App,
  type Health,
  type Model,
} from "lightfleet";

/** Declares what a model says, in the order in which it says it: for models whose values are all plain. */
export function declareModel(app: App, model: Model): void {
  const { region, zones, nat } = model.platform;
  const cluster = new Cluster(app, model.cluster, { platform: aws({ region, zones, nat }), tags: model.tags });
  const fleets = new Map([["control", cluster.control]]);
  for (const { id, machine, size, spot, survives, os, tags } of model.fleets)
    if (id !== "control") {
      const { openFiles, sysctl, packages } = os;
      fleets.set(
        id,
        new Fleet(cluster, id, { machine, size, spot, survives, tags, os: { openFiles, sysctl, packages } }),
      );
    }
  const services = new Map(model.services.map((service) => [service.id, declareService(cluster, fleets, service)]));
  for (const { id, uses } of model.services)
    for (const { as, to, port } of uses)
      if ("service" in to) services.get(id)!.uses(services.get(to.service)!, { ...(as !== undefined && { as }), port });
  for (const { id, routes } of model.gateways)
    new Gateway(cluster, id, {
      routes: Object.fromEntries(
        routes.map(({ path, service, port }) => [path, { service: services.get(service)!, port }]),
      ),
    });
}

type ServiceModel = Model["services"][number];

function declareService(cluster: Cluster, fleets: ReadonlyMap<string, Fleet>, service: ServiceModel): Service {
  const { id, on, image, replicas, ports, env, health, rollout } = service;
  const { cpuMilli, memoryMiB, cpuLimitMilli, memoryLimitMiB } = service;
  return new Service(cluster, id, {
    on: on.map((name) => fleets.get(name)!),
    image: String(image),
    ...(replicas === "everywhere" ? { everywhere: true } : { replicas }),
    ...(ports[0] && { port: ports[0].port }),
    cpu: cpuMilli / 1000,
    ...(memoryMiB > 0 && { memory: `${memoryMiB}MiB` }),
    ...(cpuLimitMilli !== null && { cpuLimit: cpuLimitMilli / 1000 }),
    ...(memoryLimitMiB !== null && { memoryLimit: `${memoryLimitMiB}MiB` }),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)])),
    ...(health && { health: declareHealth(health) }),
    rollout: rolling({
      parallel: rollout.parallel,
      order: rollout.order,
      pause: `${rollout.pauseMs}ms`,
      onFailure: rollout.onFailure,
    }),
  });
}

function declareHealth(health: NonNullable<ServiceModel["health"]>): Health {
  const { intervalMs, timeoutMs, retries, graceMs } = health;
  const options = { every: `${intervalMs}ms`, timeout: `${timeoutMs}ms`, retries, grace: `${graceMs}ms` } as const;
  if (health.kind === "command") return command(health.command, options);
  return health.kind === "http"
    ? http(health.path, { ...options, port: health.port })
    : tcp({ ...options, port: health.port });
}

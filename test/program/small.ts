import {
  type App,
  aws,
  Cluster,
  Fleet,
  Gateway,
  http,
  Service,
  type AwsOptions,
  type ClusterProps,
  type FleetProps,
  type GatewayProps,
  type ServiceProps,
} from "lightfleet";

/** What a small program may vary. */
export interface SmallOptions {
  readonly platform?: Partial<AwsOptions>;
  readonly cluster?: Partial<ClusterProps>;
  readonly fleet?: Partial<FleetProps>;
  readonly service?: Partial<ServiceProps>;
  /** The gateway's options beside its one route to the service, or false for none. */
  readonly gateway?: Partial<GatewayProps> | false;
}

/** The parts of a small program, for a test to add to. */
export interface Small {
  readonly cluster: Cluster;
  readonly fleet: Fleet;
  readonly service: Service;
}

/** A cluster "shop" with a fleet "core", a service "web" on port 80, and a gateway "public" to it. */
export function small(app: App, options: SmallOptions = {}): Small {
  const cluster = new Cluster(app, "shop", {
    platform: aws({ region: "eu-west-1", ...options.platform }),
    ...options.cluster,
  });
  const fleet = new Fleet(cluster, "core", { machine: "t4g.small", size: 2, ...options.fleet });
  const service = new Service(cluster, "web", {
    on: fleet,
    image: "nginx:1.29",
    port: 80,
    health: http("/"),
    ...options.service,
  });
  if (options.gateway !== false) new Gateway(cluster, "public", { routes: { "/": service }, ...options.gateway });
  return { cluster, fleet, service };
}

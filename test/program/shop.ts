import {
  type App,
  aws,
  Cluster,
  Fleet,
  Gateway,
  http,
  Secret,
  Service,
  tcp,
  Volume,
  type AwsOptions,
  type ClusterProps,
  type External,
  type FleetProps,
  type GatewayProps,
  type RouteTarget,
  type SecretProps,
  type ServiceProps,
  type VolumeProps,
} from "lightfleet";

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** A service, with the names of what it refers to in place of the things. */
export type ServiceSketch = Draft<Omit<ServiceProps, "on" | "volumes" | "secrets">> & {
  on: string[];
  volumes?: Record<string, string>;
  secrets?: Record<string, string>;
  /** What it uses, by environment variable. */
  uses?: Record<string, string | External>;
};

export type GatewaySketch = Draft<Omit<GatewayProps, "routes">> & {
  routes: Record<string, string | { service: string; port: number }>;
};

/** A program as data that may be changed: what {@link declare} declares. */
export interface ShopSketch {
  platform: Draft<AwsOptions>;
  cluster: Draft<Omit<ClusterProps, "platform">>;
  fleets: Record<string, Draft<FleetProps>>;
  services: Record<string, ServiceSketch>;
  gateways: Record<string, GatewaySketch>;
  volumes: Record<string, VolumeProps>;
  secrets: Record<string, SecretProps>;
}

const image = (name: string): string =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:v0.10.6`;

const component = (name: string, port: number, props: Partial<ServiceSketch> = {}): ServiceSketch => ({
  on: ["core"],
  image: image(name),
  replicas: 2,
  port,
  cpu: 0.1,
  memory: "64MiB",
  cpuLimit: 0.2,
  memoryLimit: "128MiB",
  health: tcp(),
  ...props,
  env: { PORT: String(port), ...props.env },
});

/** The shop of the examples, to the byte, ready to be varied. */
export function shopSketch(): ShopSketch {
  const quiet = { env: { DISABLE_PROFILER: "1" } };
  return {
    platform: { region: "eu-west-1", zones: 3 },
    cluster: { tags: { system: "shop" } },
    fleets: {
      core: {
        machine: "m7i.large",
        size: { min: 3, max: 9 },
        survives: "zone",
        os: { openFiles: 1_048_576, sysctl: { "net.core.somaxconn": 4096 } },
      },
      load: { machine: "c7i.large", size: 1, spot: 1 },
    },
    services: {
      "redis-cart": {
        on: ["core"],
        image: "redis:7.4-alpine",
        port: 6379,
        cpu: 0.07,
        memory: "200MiB",
        cpuLimit: 0.125,
        memoryLimit: "256MiB",
        health: tcp(),
      },
      adservice: component("adservice", 9555, {
        cpu: 0.2,
        memory: "180MiB",
        cpuLimit: 0.3,
        memoryLimit: "300MiB",
      }),
      cartservice: component("cartservice", 7070, { cpu: 0.2, cpuLimit: 0.3, uses: { REDIS_ADDR: "redis-cart" } }),
      productcatalogservice: component("productcatalogservice", 3550, quiet),
      currencyservice: component("currencyservice", 7000, quiet),
      emailservice: component("emailservice", 8080, quiet),
      paymentservice: component("paymentservice", 50_051, quiet),
      shippingservice: component("shippingservice", 50_051, quiet),
      recommendationservice: component("recommendationservice", 8080, {
        ...quiet,
        memory: "220MiB",
        memoryLimit: "450MiB",
        uses: { PRODUCT_CATALOG_SERVICE_ADDR: "productcatalogservice" },
      }),
      checkoutservice: component("checkoutservice", 5050, {
        uses: {
          PRODUCT_CATALOG_SERVICE_ADDR: "productcatalogservice",
          SHIPPING_SERVICE_ADDR: "shippingservice",
          PAYMENT_SERVICE_ADDR: "paymentservice",
          EMAIL_SERVICE_ADDR: "emailservice",
          CURRENCY_SERVICE_ADDR: "currencyservice",
          CART_SERVICE_ADDR: "cartservice",
        },
      }),
      frontend: component("frontend", 8080, {
        health: http("/_healthz"),
        env: { ENABLE_PROFILER: "0" },
        uses: {
          PRODUCT_CATALOG_SERVICE_ADDR: "productcatalogservice",
          CURRENCY_SERVICE_ADDR: "currencyservice",
          CART_SERVICE_ADDR: "cartservice",
          RECOMMENDATION_SERVICE_ADDR: "recommendationservice",
          SHIPPING_SERVICE_ADDR: "shippingservice",
          CHECKOUT_SERVICE_ADDR: "checkoutservice",
          AD_SERVICE_ADDR: "adservice",
        },
      }),
      loadgenerator: {
        on: ["load"],
        image: image("loadgenerator"),
        cpu: 0.3,
        memory: "256MiB",
        cpuLimit: 0.5,
        memoryLimit: "512MiB",
        env: { USERS: "10", RATE: "1" },
        uses: { FRONTEND_ADDR: "frontend" },
      },
    },
    gateways: { public: { routes: { "/": "frontend" } } },
    volumes: {},
    secrets: {},
  };
}

/** Declares a cluster "shop" as sketched. */
export function declare(app: App, sketch: ShopSketch): Cluster {
  const cluster = new Cluster(app, "shop", { platform: aws(sketch.platform), ...sketch.cluster });
  const fleets = build(sketch.fleets, (id, props) => new Fleet(cluster, id, props));
  const volumes = build(sketch.volumes, (id, props) => new Volume(cluster, id, props));
  const secrets = build(sketch.secrets, (id, props) => new Secret(cluster, id, props));
  const services = build(sketch.services, (id, { uses: _, on, volumes: mounts, secrets: files, ...props }) => {
    return new Service(cluster, id, {
      ...props,
      on: on.map((fleet) => (fleet === "control" ? cluster.control : get(fleets, fleet))),
      ...(mounts && { volumes: build(mounts, (_path, volume) => get(volumes, volume)) }),
      ...(files && { secrets: build(files, (_name, secret) => get(secrets, secret)) }),
    });
  });
  for (const [id, { uses = {} }] of Object.entries(sketch.services))
    for (const [as, to] of Object.entries(uses))
      get(services, id).uses(typeof to === "string" ? get(services, to) : to, { as });
  for (const [id, { routes, ...props }] of Object.entries(sketch.gateways))
    new Gateway(cluster, id, {
      ...props,
      routes: build(routes, (_path, to): Service | RouteTarget =>
        typeof to === "string" ? get(services, to) : { service: get(services, to.service), port: to.port },
      ),
    });
  return cluster;
}

function build<A, B>(entries: Record<string, A>, make: (id: string, entry: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, make(id, entry)]));
}

function get<T>(entries: Record<string, T>, id: string): T {
  const found = entries[id];
  if (found === undefined) throw new Error(`no ${id} among ${Object.keys(entries).join(", ")}`);
  return found;
}

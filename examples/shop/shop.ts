import { aws, Cluster, Fleet, Gateway, http, Service, tcp, type App, type ServiceProps } from "lightfleet";

/** Google's Online Boutique: eleven services and a load generator, as its release v0.10.6 describes them. */
const RELEASE = "v0.10.6";
const image = (name: string, release = RELEASE): string =>
  `us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/${name}:${release}`;

/** The shop on two fleets: `core` serves the customers, `load` plays them on spot VMs. */
export class Shop extends Cluster {
  constructor(app: App, id: string) {
    super(app, id, { platform: aws({ region: "eu-west-1", zones: 3 }), tags: { system: "shop" } });

    const core = new Fleet(this, "core", {
      machine: "m7i.large",
      size: { min: 3, max: 9 },
      survives: "zone",
      os: { openFiles: 1_048_576, sysctl: { "net.core.somaxconn": 4096 } },
    });
    const load = new Fleet(this, "load", { machine: "c7i.large", size: 1, spot: 1 });

    /** What most of the services have in common: two replicas, a little memory, a port that answers gRPC. */
    const component = (name: string, port: number, props: Partial<ServiceProps> = {}): Service =>
      new Service(this, name, {
        on: core,
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
    const quiet = { env: { DISABLE_PROFILER: "1" } };

    const redis = new Service(this, "redis-cart", {
      on: core,
      image: "redis:7.4-alpine",
      port: 6379,
      cpu: 0.07,
      memory: "200MiB",
      cpuLimit: 0.125,
      memoryLimit: "256MiB",
      health: tcp(),
    });
    const ads = component("adservice", 9555, {
      cpu: 0.2,
      memory: "180MiB",
      cpuLimit: 0.3,
      memoryLimit: "300MiB",
    });
    const cart = component("cartservice", 7070, { cpu: 0.2, cpuLimit: 0.3 });
    const catalog = component("productcatalogservice", 3550, quiet);
    const currency = component("currencyservice", 7000, quiet);
    const email = component("emailservice", 8080, quiet);
    const payment = component("paymentservice", 50_051, quiet);
    const shipping = component("shippingservice", 50_051, quiet);
    const recommendation = component("recommendationservice", 8080, {
      ...quiet,
      memory: "220MiB",
      memoryLimit: "450MiB",
    });
    const checkout = component("checkoutservice", 5050);
    const frontend = component("frontend", 8080, { health: http("/_healthz"), env: { ENABLE_PROFILER: "0" } });

    cart.uses(redis, { as: "REDIS_ADDR" });
    recommendation.uses(catalog, { as: "PRODUCT_CATALOG_SERVICE_ADDR" });
    checkout
      .uses(catalog, { as: "PRODUCT_CATALOG_SERVICE_ADDR" })
      .uses(shipping, { as: "SHIPPING_SERVICE_ADDR" })
      .uses(payment, { as: "PAYMENT_SERVICE_ADDR" })
      .uses(email, { as: "EMAIL_SERVICE_ADDR" })
      .uses(currency, { as: "CURRENCY_SERVICE_ADDR" })
      .uses(cart, { as: "CART_SERVICE_ADDR" });
    frontend
      .uses(catalog, { as: "PRODUCT_CATALOG_SERVICE_ADDR" })
      .uses(currency, { as: "CURRENCY_SERVICE_ADDR" })
      .uses(cart, { as: "CART_SERVICE_ADDR" })
      .uses(recommendation, { as: "RECOMMENDATION_SERVICE_ADDR" })
      .uses(shipping, { as: "SHIPPING_SERVICE_ADDR" })
      .uses(checkout, { as: "CHECKOUT_SERVICE_ADDR" })
      .uses(ads, { as: "AD_SERVICE_ADDR" });

    new Service(this, "loadgenerator", {
      on: load,
      image: image("loadgenerator"),
      cpu: 0.3,
      memory: "256MiB",
      cpuLimit: 0.5,
      memoryLimit: "512MiB",
      env: { USERS: "10", RATE: "1" },
    }).uses(frontend, { as: "FRONTEND_ADDR" });

    new Gateway(this, "public", { routes: { "/": frontend } });
  }
}

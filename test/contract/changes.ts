import { external, http, secretsManager, ssm } from "lightfleet";
import type { GatewaySketch, ServiceSketch, ShopSketch } from "../program/shop.js";

/** A change of a program that runs: made in place on a copy of what it is now. */
export interface Change {
  readonly name: string;
  /** What the state comes from; the shop of the examples where nothing is said. */
  readonly from?: (shop: ShopSketch) => void;
  readonly make: (shop: ShopSketch) => void;
  /** Code of an error that this program may end in as things are: it is left out then. */
  readonly known?: string;
}

const change = (name: string, make: Change["make"]): Change => ({ name, make });
const CERTIFICATE = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b2c3d-1111-2222-3333-444455556666";

/** What changes in fleets and the managers. */
const fleets: readonly Change[] = [
  change("resize a fixed fleet", (shop) => (fleet(shop, "load").size = 2)),
  change("resize a range", (shop) => (fleet(shop, "core").size = { min: 4, max: 12, desired: 5 })),
  change("a fixed size becomes a range", (shop) => (fleet(shop, "load").size = { min: 1, max: 3 })),
  change("machine type", (shop) => (fleet(shop, "core").machine = "m7i.xlarge")),
  change("machine of another architecture", (shop) => (fleet(shop, "load").machine = "c7g.large")),
  change("spot share of a fleet that had none", (shop) => (fleet(shop, "core").spot = 0.5)),
  change("spot share gone", (shop) => delete fleet(shop, "load").spot),
  change("another spot share", (shop) => (fleet(shop, "load").spot = 0.25)),
  change("fleet in fewer zones", (shop) => (fleet(shop, "core").zones = ["a", "b"])),
  change("disk size", (shop) => (fleet(shop, "core").disk = "40GiB")),
  change("a second disk", (shop) => (fleet(shop, "core").dataDisk = "100GiB")),
  change("open files", (shop) => (fleet(shop, "core").os = { openFiles: 65_536 })),
  change("kernel parameter", (shop) => (fleet(shop, "load").os = { sysctl: { "vm.swappiness": 10 } })),
  change("packages", (shop) => (fleet(shop, "load").os = { packages: ["tcpdump"] })),
  change("pinned image", (shop) => (fleet(shop, "core").os = { image: "ami-0123456789abcdef0" })),
  change("tags on a fleet", (shop) => (fleet(shop, "core").tags = { team: "sales" })),
  change("new fleet", (shop) => (shop.fleets["batch"] = { machine: "m7g.large", size: 2 })),
  change("new fleet with a service", (shop) => {
    shop.fleets["batch"] = { machine: "m7i.large", size: { min: 0, max: 4 }, spot: 1 };
    service(shop, "adservice").on = ["batch"];
  }),
  change("remove a fleet", (shop) => {
    delete shop.fleets["load"];
    delete shop.services["loadgenerator"];
  }),
  change("rename a fleet", (shop) => {
    shop.fleets["players"] = fleet(shop, "load");
    delete shop.fleets["load"];
    service(shop, "loadgenerator").on = ["players"];
  }),
  change("more managers", (shop) => (shop.cluster.control = { size: 5 })),
  change("one manager", (shop) => (shop.cluster.control = { size: 1 })),
  change("machine of the managers", (shop) => (shop.cluster.control = { machine: "t4g.medium" })),
  {
    name: "managers run services",
    make: (shop) => {
      shop.cluster.control = { runsServices: true };
      service(shop, "emailservice").on = ["control"];
    },
    // Boot data of such managers may be a few bytes above what EC2 takes.
    known: "LF043",
  },
];

/** What changes in services and the edges between them. */
const services: readonly Change[] = [
  change(
    "image version",
    (shop) =>
      (service(shop, "cartservice").image =
        "us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/cartservice:v0.11.0"),
  ),
  change("replicas", (shop) => (service(shop, "checkoutservice").replicas = 5)),
  change("memory and environment", (shop) =>
    Object.assign(service(shop, "adservice"), { memory: "256MiB", env: { PORT: "9555", LEVEL: "debug" } }),
  ),
  change("rename a service", (shop) => {
    shop.services["mailer"] = service(shop, "emailservice");
    delete shop.services["emailservice"];
    uses(shop, "checkoutservice")["EMAIL_SERVICE_ADDR"] = "mailer";
  }),
  change("rename a service behind a gateway", (shop) => {
    shop.services["web"] = service(shop, "frontend");
    delete shop.services["frontend"];
    uses(shop, "loadgenerator")["FRONTEND_ADDR"] = "web";
    gateway(shop).routes = { "/": "web" };
  }),
  change("new service", (shop) => (shop.services["search"] = { on: ["core"], image: "acme/search:1", port: 9200 })),
  change("remove a service", (shop) => {
    delete shop.services["adservice"];
    delete uses(shop, "frontend")["AD_SERVICE_ADDR"];
  }),
  change("service on another fleet", (shop) => (service(shop, "adservice").on = ["load"])),
  change("service on two fleets", (shop) => (service(shop, "frontend").on = ["core", "load"])),
  change("edge within a fleet", (shop) => (uses(shop, "adservice")["REDIS_ADDR"] = "redis-cart")),
  change("edge that crosses fleets", (shop) => {
    shop.services["metrics"] = { on: ["load"], image: "acme/metrics:1", port: 9090 };
    uses(shop, "adservice")["METRICS"] = "metrics";
  }),
  change(
    "edge to a host outside",
    (shop) => (uses(shop, "paymentservice")["BANK"] = external("bank.example.com", 8443)),
  ),
  change("remove an edge", (shop) => delete uses(shop, "frontend")["AD_SERVICE_ADDR"]),
  change("remove the edge between fleets", (shop) => (service(shop, "loadgenerator").uses = {})),
  change("secrets", (shop) => {
    shop.secrets = { "db-password": { source: ssm("/shop/db") }, key: { source: secretsManager("shop/key") } };
    service(shop, "paymentservice").secrets = { "db-password": "db-password", key: "key" };
  }),
  change("shared volume", (shop) => {
    shop.volumes["media"] = { shared: true };
    service(shop, "productcatalogservice").volumes = { "/media": "media" };
  }),
  change("volume of the VM", (shop) => {
    shop.volumes["cache"] = {};
    service(shop, "redis-cart").volumes = { "/data": "cache" };
  }),
];

/** What changes in gateways and their routes. */
const gateways: readonly Change[] = [
  change("health path", (shop) => (service(shop, "frontend").health = http("/ready"))),
  change("health of a gateway's target every minute", (shop) => {
    service(shop, "frontend").health = http("/_healthz", { every: "60s", timeout: "5s", retries: 5 });
  }),
  change("no health check on a gateway's target", (shop) => delete service(shop, "frontend").health),
  change("change a route's service", (shop) => (gateway(shop).routes = { "/": "cartservice" })),
  change("change a route's path", (shop) => (gateway(shop).routes = { "/shop": "frontend" })),
  change("add a route", (shop) => (gateway(shop).routes["/cart"] = "cartservice")),
  {
    name: "remove a route",
    from: (shop) => (gateway(shop).routes["/cart"] = "cartservice"),
    make: (shop) => delete gateway(shop).routes["/cart"],
  },
  {
    name: "swap two routes",
    from: (shop) => (gateway(shop).routes = { "/a": "cartservice", "/b": "adservice" }),
    make: (shop) => (gateway(shop).routes = { "/a": "adservice", "/b": "cartservice" }),
  },
  {
    name: "rename a path, and another route with it",
    from: (shop) => (gateway(shop).routes = { "/": "frontend", "/cart": "cartservice", "/ads": "adservice" }),
    make: (shop) => (gateway(shop).routes = { "/": "frontend", "/basket": "cartservice", "/ads/all": "adservice" }),
  },
  change("new gateway", (shop) => (shop.gateways["partners"] = { routes: { "/": "checkoutservice" } })),
  change("new internal gateway", (shop) => {
    shop.gateways["inside"] = { internal: true, routes: { "/": "productcatalogservice", "/pay": "paymentservice" } };
  }),
  change("remove the gateway", (shop) => (shop.gateways = {})),
  change("TLS", (shop) => (gateway(shop).certificate = CERTIFICATE)),
  {
    name: "another certificate",
    from: (shop) => (gateway(shop).certificate = CERTIFICATE),
    make: (shop) => (gateway(shop).certificate = CERTIFICATE.replace("6666", "7777")),
  },
  {
    name: "TLS gone",
    from: (shop) => (gateway(shop).certificate = CERTIFICATE),
    make: (shop) => delete gateway(shop).certificate,
  },
  change("hosts", (shop) => (gateway(shop).hosts = ["shop.example.com", "www.example.com"])),
  {
    name: "fewer hosts",
    from: (shop) => (gateway(shop).hosts = ["shop.example.com", "www.example.com"]),
    make: (shop) => (gateway(shop).hosts = ["shop.example.com"]),
  },
  {
    name: "any host again",
    from: (shop) => (gateway(shop).hosts = ["shop.example.com"]),
    make: (shop) => delete gateway(shop).hosts,
  },
  change("a gateway becomes internal", (shop) => (gateway(shop).internal = true)),
  change("port of a gateway's target", (shop) => (service(shop, "frontend").port = 8081)),
  change("one of several ports behind the gateway", (shop) => {
    delete service(shop, "frontend").port;
    service(shop, "frontend").health = http("/_healthz", { port: 8080 });
    service(shop, "frontend").ports = { http: 8080, admin: 9000 };
    uses(shop, "loadgenerator")["FRONTEND_ADDR"] = "cartservice";
    gateway(shop).routes = { "/": { service: "frontend", port: 8080 }, "/admin": { service: "frontend", port: 9000 } };
  }),
];

/** What changes in the cluster as a whole. */
const clusters: readonly Change[] = [
  change("nothing", () => undefined),
  change("services declared in another order", (shop) => {
    shop.services = Object.fromEntries(Object.entries(shop.services).reverse());
  }),
  change("add a zone, by name", (shop) => (shop.platform.zones = ["a", "b", "c", "d"])),
  change("remove a zone", (shop) => (shop.platform.zones = 2)),
  change("one zone for another", (shop) => (shop.platform.zones = ["a", "b", "d"])),
  {
    name: "add a zone to two",
    from: (shop) => (shop.platform.zones = 2),
    make: (shop) => (shop.platform.zones = 3),
  },
  change("NAT per zone", (shop) => (shop.platform.nat = "per-zone")),
  {
    name: "one NAT again",
    from: (shop) => (shop.platform.nat = "per-zone"),
    make: (shop) => (shop.platform.nat = "one"),
  },
  change("address range", (shop) => (shop.platform.cidr = "10.64.0.0/16")),
  change("tags on the cluster", (shop) => (shop.cluster.tags = { system: "shop", owner: "web" })),
  change("other tags on the cluster", (shop) => (shop.cluster.tags = { costs: "42" })),
  change("no tags on the cluster", (shop) => (shop.cluster.tags = {})),
  change("everything at once", (shop) => {
    shop.platform.nat = "per-zone";
    shop.cluster.control = { size: 5, machine: "t4g.medium" };
    shop.cluster.tags = { system: "boutique" };
    fleet(shop, "core").machine = "m7i.2xlarge";
    fleet(shop, "load").spot = 0;
    shop.fleets["batch"] = { machine: "m7g.large", size: 1 };
    gateway(shop).routes["/cart"] = "cartservice";
    gateway(shop).certificate = CERTIFICATE;
    service(shop, "cartservice").on = ["core", "batch"];
  }),
];

/** Changes of the shop, each against what was there before it. */
export const changes: readonly Change[] = [...clusters, ...fleets, ...services, ...gateways];

const fleet = (shop: ShopSketch, id: string): ShopSketch["fleets"][string] => must(shop.fleets[id], id);
const service = (shop: ShopSketch, id: string): ServiceSketch => must(shop.services[id], id);
const uses = (shop: ShopSketch, id: string): NonNullable<ServiceSketch["uses"]> => (service(shop, id).uses ??= {});
const gateway = (shop: ShopSketch): GatewaySketch => must(shop.gateways["public"], "public");

function must<T>(found: T | undefined, id: string): T {
  if (found === undefined) throw new Error(`the shop has no ${id}`);
  return found;
}

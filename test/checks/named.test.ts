import { fileURLToPath } from "node:url";
import { command, external, Fleet, Gateway, http, Service, tcp, type Cluster, type ServiceProps } from "lightfleet";
import { describe, expect, test } from "vitest";
import { judge, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const base = { image: "ghcr.io/acme/cart:1.8.2", memory: "64MiB" } as const;
const fleet = (shop: Cluster): Fleet => new Fleet(shop, "core", { machine: "m7g.large", size: 3 });

tryRule(here, "LF416", {
  breaks: (shop) => {
    const on = fleet(shop);
    new Service(shop, "db", { ...base, on, port: 5432 });
    new Service(shop, "web", { ...base, on, env: { DATABASE_URL: "postgres://app@db/shop" } }); // <- LF416
  },
  fixed: (shop) => {
    const on = fleet(shop);
    const db = new Service(shop, "db", { ...base, on, port: 5432 });
    const env = { DATABASE_URL: "postgres://app@db/shop" };
    new Service(shop, "web", { ...base, on, env }).uses(db, { as: "DB" });
  },
  near: (shop) => {
    const on = fleet(shop);
    new Service(shop, "db", { ...base, on, port: 5432 });
    new Service(shop, "web", {
      ...base,
      on,
      env: { DB_URL: "postgres://app@db.example.com/shop", DB_NAME: "db", IMAGE: "acme/db:5432" },
    });
  },
});

test("LF416 is quiet where the address of the service stands", () => {
  const quiet = judge((shop) => {
    const on = fleet(shop);
    const db = new Service(shop, "db", { ...base, on, port: 5432 });
    new Service(shop, "web", {
      ...base,
      on,
      env: { DATABASE_URL: `postgres://app@${db.address}/shop`, DB_HOST: db.host },
    });
  });
  expect(quiet.of("LF416")).toEqual([]);
});

/** The places in which LF416 finds a service that names "db" (5432) or "cart-api" (80). */
const places = (props: Partial<ServiceProps>): (string | undefined)[] =>
  judge((shop) => {
    const on = fleet(shop);
    new Service(shop, "db", { ...base, on, port: 5432 });
    new Service(shop, "cart-api", { ...base, on, port: 80 });
    new Service(shop, "web", { ...base, on, port: 3000, ...props }).uses(external("x.example.com", 443), { as: "X" });
  })
    .of("LF416")
    .flatMap((finding) => finding.places.map(({ detail }) => detail));

describe("LF416 knows a host by what is around it", () => {
  test.each<[string, Partial<ServiceProps>, string]>([
    ["a name with the service's port", { env: { DB: "db:5432" } }, "variable DB"],
    ["one of a list", { env: { DBS: "a.example.com:1,db:5432" } }, "variable DBS"],
    ["a URL", { env: { CART: "http://cart-api/v1" } }, "variable CART"],
    ["a URL without a path", { env: { CART: "http://cart-api" } }, "variable CART"],
    ["a URL with another port", { env: { CART: "http://cart-api:8080" } }, "variable CART"],
    ["credentials before it", { env: { DSN: "app:${PW}@tcp(db:5432)/shop" } }, "variable DSN"],
    ["libpq's words", { env: { DSN: "host=db user=app" } }, "variable DSN"],
    ["a variable for a host", { env: { DB_HOST: "db" } }, "variable DB_HOST"],
    ["Swarm's prefix", { env: { PEERS: "tasks.db" } }, "variable PEERS"],
    ["an option", { args: ["-h", "db"] }, "arguments"],
    ["a long option", { args: ["--db-host=db"] }, "arguments"],
    [
      "nginx",
      { files: { "/etc/nginx.conf": "location / {\n  proxy_pass http://cart-api;\n}\n" } },
      "file /etc/nginx.conf",
    ],
    ["YAML", { files: { "/app.yml": "database:\n  host: db\n" } }, "file /app.yml"],
    ["Prometheus", { files: { "/p.yml": '- targets: ["cart-api:80"]' } }, "file /p.yml"],
    ["a health check", { health: command(["pg_isready", "-h", "db"]) }, "health check"],
  ])("%s", (_, props, place) => {
    expect(places(props)).toEqual([place]);
  });

  test.each<[string, Partial<ServiceProps>]>([
    ["itself", { env: { SELF: "http://web:3000" } }],
    ["a longer name", { env: { URL: "http://cart-api-v2/ http://my-db/ http://db.example.com/" } }],
    ["a tag", { env: { TAG: "db:16" } }],
    ["an image", { env: { RUN: "acme/db:5432" } }],
    ["a name of a database", { env: { DB_NAME: "db", DSN: "host=pg.example.com dbname=db" } }],
    ["who may ask", { env: { CORS_ORIGINS: "http://cart-api", ALLOWED_HOSTS: "db", NO_PROXY: "db,localhost" } }],
    ["comments", { files: { "/a.conf": "# see http://cart-api/\n  ; db:5432\nport=1 // http://db/\n" } }],
    ["prose", { labels: { note: "http://db/" }, args: ["migrate", "db"] }],
  ])("%s is left alone", (_, props) => {
    expect(places(props)).toEqual([]);
  });
});

tryRule(here, "LF417", {
  breaks: (shop) => {
    const on = fleet(shop);
    const pg = new Service(shop, "pg", { ...base, on, image: "postgres:16.4", port: 5432, health: tcp() });
    const grpc = new Service(shop, "grpc", { ...base, on, image: "temporalio/server:1.29.1", port: 7233 });
    const own = new Service(shop, "own", { ...base, on, port: 9000, health: tcp() });
    new Gateway(shop, "public", { routes: { "/": pg, "/grpc": grpc, "/own": own } }); // <- LF417
  },
  fixed: (shop) => {
    const web = new Service(shop, "web", { ...base, on: fleet(shop), port: 9000, health: http("/") });
    new Gateway(shop, "public", { routes: { "/": web } });
  },
  near: (shop) => {
    const on = fleet(shop);
    const grpcWeb = new Service(shop, "grpc-web", { ...base, on, port: 50_051, health: http("/healthz") });
    const ui = new Service(shop, "ui", { ...base, on, image: "rabbitmq:4-management", port: 15_672 });
    new Gateway(shop, "public", { routes: { "/": grpcWeb, "/queues": ui } });
  },
});

test("LF417 is an error for a database, a warning where the port or the check alone speaks for it", () => {
  const severity = (image: string, port: number) =>
    judge((shop) => {
      const one = new Service(shop, "one", { ...base, on: fleet(shop), image, port, health: tcp() });
      new Gateway(shop, "public", { routes: { "/": one } });
    }).of("LF417")[0]?.severity;
  expect(severity("postgres:16.4", 5432)).toBe("error");
  expect(severity("acme/api:1", 50_051)).toBe("warning");
  expect(severity("acme/api:1", 8080)).toBe("warning");
});

import { fileURLToPath } from "node:url";
import { command, Fleet, Secret, Service, ssm, type Cluster, type ServiceProps } from "lightfleet";
import { describe, expect, test } from "vitest";
import { judge, tryRule } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const base = { image: "ghcr.io/acme/cart:1.8.2", memory: "64MiB" } as const;
const fleet = (shop: Cluster): Fleet => new Fleet(shop, "core", { machine: "m7g.large", size: 3 });

/** Tokens are put together here, so that nothing in this file looks like one. */
const made = (...parts: string[]): string => parts.join("");
const letters = (length: number): string => "a1B2c3D4e5F6g7H8i9J0".repeat(6).slice(0, length);
const hex = (length: number): string => "0123456789abcdef".repeat(6).slice(0, length);

tryRule(here, "LF508", {
  breaks: (shop) => {
    const env = { POSTGRES_PASSWORD: "hunter2" };
    new Service(shop, "db", { ...base, on: fleet(shop), env }); // <- LF508
  },
  fixed: (shop) => {
    const password = new Secret(shop, "password", { source: ssm("/shop/db") });
    const env = { POSTGRES_PASSWORD_FILE: "/run/secrets/password" };
    new Service(shop, "db", { ...base, on: fleet(shop), env, secrets: { password } });
  },
  near: (shop) => {
    const env = {
      POSTGRES_HOST_AUTH_METHOD: "trust",
      MYSQL_ALLOW_EMPTY_PASSWORD: "true",
      PASSWORD_MIN_LENGTH: "12",
      TOKEN_TTL: "3600",
      NEXT_PUBLIC_API_KEY: "pk_live_0123456789",
    };
    new Service(shop, "db", { ...base, on: fleet(shop), env });
  },
});

const found = (props: Partial<ServiceProps>, production = false) =>
  judge(
    (shop) => {
      new Service(shop, "app", { ...base, on: fleet(shop), ...props });
    },
    { cluster: { production } },
  ).of("LF508");

const whats = (props: Partial<ServiceProps>): string[] => found(props).map(({ message }) => message);

describe("a credential is known by its shape, wherever it stands", () => {
  const tokens: [string, string][] = [
    ["an AWS access key", made("AKIA", "IOSFODNN7", "EXAMPLE")],
    ["a GitHub token", made("ghp", "_", letters(36))],
    ["a GitLab token", made("glpat", "-", letters(20))],
    ["a Slack token", made("xoxb", "-", "123456789012-abcdefghij")],
    ["a Slack webhook", made("https://hooks.slack", ".com/services/", "T00000000/B00000000/", letters(24))],
    ["a Google API key", made("AIza", letters(35))],
    ["a Stripe key", made("sk", "_live_", letters(24))],
    ["an Anthropic key", made("sk-ant", "-", letters(60))],
    ["a SendGrid key", made("SG", ".", letters(22), ".", letters(43))],
    ["an npm token", made("npm", "_", letters(36))],
    ["a Docker Hub token", made("dckr", "_pat_", letters(27))],
    ["a DigitalOcean token", made("dop", "_v1_", hex(64))],
    ["a JSON Web Token", made("ey", letters(20), ".ey", letters(20), ".", letters(20))],
    ["a private key", made("-----BEGIN RSA PRIVATE", " KEY-----\nabc")],
    ["a private key", made("-----BEGIN PRIVATE", " KEY-----\nabc")],
    ["an Authorization header", made("Authorization: Bearer ", letters(20))],
  ];

  test.each(tokens)("%s", (what, token) => {
    expect(whats({ env: { NOTE: `x ${token} y` } })).toEqual([`${what} stands in clear text`]);
    expect(whats({ files: { "/etc/app.conf": `a = ${token}\n` } })).toContain(`${what} stands in clear text`);
  });

  test.each<[string, Partial<ServiceProps>]>([
    ["variable URL", { env: { URL: "postgres://app:hunter2@db:5432/shop" } }],
    ["variable DSN", { env: { DSN: "app:hunter2@tcp(db:3306)/shop" } }],
    ["variable DSN", { env: { DSN: "host=db user=app password=hunter2" } }],
    [
      "variable spring.datasource.password",
      { files: { "/application.properties": "spring.datasource.password=hunter2" } },
    ],
    ["variable clientSecret", { env: { clientSecret: letters(24) } }],
    ["variable SESSION_SECRET", { env: { SESSION_SECRET: letters(24) } }],
    ["arguments", { args: ["--password=hunter2"] }],
    ["arguments", { args: ["redis-server", "--requirepass", "hunter2"] }],
    ["arguments", { args: ["sh", "-c", "app --db-password hunter2 --port 80"] }],
    ["health check", { health: command(["curl", "-u", "app:hunter2", "http://localhost/"]) }],
    ["label com.acme.token", { labels: { "com.acme.token": letters(24) } }],
    ["file /redis.conf", { files: { "/redis.conf": "port 6379\nrequirepass hunter2\n" } }],
    ["file /app.yml", { files: { "/app.yml": "db:\n  password: 'hunter2'\n" } }],
    ["file /app.json", { files: { "/app.json": '{ "apiKey": "a1B2c3D4e5F6" }' } }],
    ["file /users.xml", { files: { "/users.xml": "<users><password>hunter2</password></users>" } }],
  ])("%s", (place, props) => {
    const places = found(props).flatMap((finding) => finding.places.map(({ detail }) => detail));
    expect(places).toEqual([place.startsWith("variable spring") ? "file /application.properties" : place]);
    expect(JSON.stringify(found(props))).not.toContain("hunter2");
  });

  test("tags of clusters and fleets are read too", () => {
    const tags = { note: made("ghp", "_", letters(36)) };
    const report = judge((shop) => void new Fleet(shop, "core", { machine: "m7g.large", size: 1, tags }), {
      cluster: { tags },
    });
    expect(report.of("LF508").flatMap(({ places }) => places.map(({ on }) => on))).toContain("core");
    expect(report.of("LF508").flatMap(({ places }) => places.map(({ on }) => on))).toContain(null);
  });
});

test.each<[string, Partial<ServiceProps>]>([
  ["templates", { env: { DB_PASSWORD: "${DB_PASSWORD}", URL: "postgres://app:${PW}@db/x", API_KEY: "{{ env }}" } }],
  ["files", { env: { DB_PASSWORD: "/run/secrets/db", TOKEN_FILE: "/run/secrets/token" } }],
  [
    "settings",
    { env: { USE_PASSWORD: "true", REQUIRE_TOKEN: "yes", MAX_TOKENS: "4096", API_KEY_HEADER: "X-Api-Key" } },
  ],
  ["words", { env: { CACHE_KEY: "products-by-name-1", AUTH_TOKEN: "none", SECRET_NAME: "shop-db-secret-1" } }],
  [
    "addresses without a password",
    { env: { A: "http://user@host/", B: "http://host:8080/a@b", C: "redis://cache:6379" } },
  ],
  ["public keys", { env: { KEY: "-----BEGIN PUBLIC KEY-----\nabc", STRIPE: "pk_live_0123456789abcdef" } }],
  [
    "a file of settings",
    { files: { "/a.yml": "token: ${TOKEN}\npasswordPolicy: strict\nsecretName: db-credentials-1\n" } },
  ],
  ["options", { args: ["--token-ttl", "3600", "--password-file", "/run/secrets/db", "-p", "80"] }],
])("%s are no credentials", (_, props) => {
  expect(whats(props)).toEqual([]);
});

test("in production what its shape gives away is an error, and a password a warning", () => {
  expect(found({ env: { A: made("ghp", "_", letters(36)) } }, true)).toMatchObject([{ severity: "error" }]);
  expect(found({ env: { DB_PASSWORD: "hunter2" } }, true)).toMatchObject([{ severity: "warning" }]);
});

test("a variable of an official image is told its form with _FILE", () => {
  expect(found({ env: { MYSQL_ROOT_PASSWORD: "s3cret" } })[0]?.hint).toContain("_FILE");
  expect(found({ env: { APP_PASSWORD: "s3cret" } })[0]?.hint).not.toContain("_FILE");
});

import { TerraformResource } from "cdktf";
import { describe, expect, test } from "vitest";
import { type App, aws, Cluster, Secret, secretsManager, Service, ssm, Volume, type ServiceProps } from "lightfleet";
import { small, type Small } from "../program/small.js";
import { findingsOf, synthesize } from "../program/synthesize.js";

const codes = (declare: (parts: Small, app: App) => void): string[] =>
  findingsOf((app) => {
    declare(small(app, { gateway: false }), app);
  }).map(({ code }) => code);

describe("what services mount", () => {
  test("stands in the model by path, in order", () => {
    const { model } = synthesize((app) => {
      const { cluster, fleet } = small(app, { gateway: false });
      const raw = new TerraformResource(cluster, "db", { terraformResourceType: "terraform_data" });
      const data = new Volume(cluster, "data");
      const media = new Volume(cluster, "media", { shared: true });
      const password = new Secret(cluster, "password", { source: ssm("/shop/db") });
      const key = new Secret(cluster, "key", { source: secretsManager("shop/key") });
      new Service(cluster, "api", {
        on: fleet,
        image: "api:1",
        volumes: { "/media": media, "/data": data },
        secrets: { "db-password": password, key },
        files: { "/etc/b.conf": "b", "/etc/a.conf": `host=${raw.getStringAttribute("output")}` },
      });
    });
    expect(model.services[0]).toMatchObject({
      id: "api",
      volumes: { "/data": "data", "/media": "media" },
      secrets: { "db-password": "password", key: "key" },
      files: { "/etc/a.conf": { terraform: "host=${terraform_data.db.output}" }, "/etc/b.conf": "b" },
    });
    expect(Object.keys(model.services[0]!.volumes)).toEqual(["/data", "/media"]);
    expect(model.volumes).toEqual([
      { id: "data", kind: "node" },
      { id: "media", kind: "shared" },
    ]);
    expect(model.secrets).toEqual([
      { id: "key", from: "secretsmanager", name: "shop/key" },
      { id: "password", from: "ssm", name: "/shop/db" },
    ]);
  });

  test.each<[string, (parts: Small) => Partial<ServiceProps>, string]>([
    ["a path that is not absolute", ({ cluster }) => ({ volumes: { data: new Volume(cluster, "data") } }), "LF018"],
    ["a file's path that is none", () => ({ files: { "/etc/": "x" } }), "LF018"],
    [
      "a secret's name with a slash",
      ({ cluster }) => ({ secrets: { "a/b": new Secret(cluster, "s", { source: ssm("s") }) } }),
      "LF018",
    ],
    [
      "one path twice",
      ({ cluster }) => ({ files: { "/data": "x" }, volumes: { "/data": new Volume(cluster, "data") } }),
      "LF015",
    ],
  ])("is refused for %s", (_, props, code) => {
    const declare = (parts: Small): void => {
      new Service(parts.cluster, "api", { on: parts.fleet, image: "api:1", ...props(parts) });
    };
    expect(codes(declare)).toEqual([code]);
  });

  test("is of the same cluster", () => {
    const declare = ({ cluster, fleet }: Small, app: App): void => {
      const other = new Cluster(app, "other", { platform: aws({ region: "eu-west-1" }) });
      new Service(cluster, "api", { on: fleet, image: "api:1", volumes: { "/data": new Volume(other, "data") } });
    };
    expect(codes(declare)).toEqual(["LF017"]);
  });

  test.each([ssm("a b"), ssm("/shop/${x}"), secretsManager("a b")])("is not kept as $from $name", (source) => {
    expect(codes(({ cluster }) => void new Secret(cluster, "s", { source }))).toEqual(["LF018"]);
  });
});

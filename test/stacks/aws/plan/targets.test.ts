import { aws, Cluster, Fleet, Gateway, Service, Volume, type App } from "lightfleet";
import { describe, expect, test } from "vitest";
import { targetAddresses } from "../../../../stacks/aws/plan/targets.js";
import { serviceModel } from "../../../program/random-model.js";
import { behind, model } from "../../../commands/live/shops.js";
import { addressesOf } from "../../../program/document.js";
import { synthesize } from "../../../program/synthesize.js";

const root = {
  resource: {
    aws_autoscaling_group: { core: {}, corex: {} },
    aws_autoscaling_lifecycle_hook: { core_launching: {} },
    aws_route_table: { core_a: {} },
    aws_s3_object: { release: {} },
  },
};
test("a fleet is its own resources, a service the release", () => {
  expect(targetAddresses(root, model, ["core"])).toEqual([
    "aws_autoscaling_group.core",
    "aws_autoscaling_lifecycle_hook.core_launching",
  ]);
  expect(targetAddresses(root, model, ["web"])).toEqual(["aws_s3_object.release"]);
});

test("a name that the program does not have is refused with those that it has", () => {
  expect(() => targetAddresses(root, model, ["wbe"])).toThrow(
    expect.objectContaining({ code: "LF605", hint: expect.stringContaining("cart, control, core") }),
  );
});

test("a volume that is a directory of VMs has no resource, and is refused with who mounts it", () => {
  const volumes = [{ id: "carts", kind: "node" as const }];
  const mounting = { ...model, volumes, services: [{ ...serviceModel("cart", ["core"]), volumes: { "/d": "carts" } }] };
  const refusal = (hint: string) =>
    expect.objectContaining({
      ...{ code: "LF605", message: expect.stringContaining("'carts' has no resource of its own") },
      hint: expect.stringContaining(hint),
    });
  expect(() => targetAddresses(root, mounting, ["carts"])).toThrow(refusal("--target cart"));
  expect(() => targetAddresses(root, mounting, ["core", "carts"])).toThrow(refusal("--target cart"));
  expect(() => targetAddresses(root, { ...model, volumes }, ["carts"])).toThrow(refusal("nothing mounts it"));
});

describe("a gateway", () => {
  const written = {
    resource: {
      aws_autoscaling_group: { core: {}, load: {} },
      aws_launch_template: { core: {}, load: {} },
      aws_lb: { public: {} },
      aws_lb_target_group: { public_web_80: {} },
      aws_vpc_security_group_egress_rule: { public_to_core_web_80: {} },
      aws_vpc_security_group_ingress_rule: {
        ...{ core_from_public_web_80: {}, core_from_publicity_web_80: {}, core_overlay_from_load: {} },
        public_from_world_80: {},
      },
    },
  };
  test("takes along what lets it reach its fleets, and nothing else of them", () => {
    expect(targetAddresses(written, behind, ["public"]).sort()).toEqual([
      ...["aws_autoscaling_group.core", "aws_lb.public", "aws_lb_target_group.public_web_80"],
      "aws_vpc_security_group_egress_rule.public_to_core_web_80",
      "aws_vpc_security_group_ingress_rule.core_from_public_web_80",
      "aws_vpc_security_group_ingress_rule.public_from_world_80",
    ]);
  });
});

describe("in what a program wrote", () => {
  /** Two fleets with an edge between their services, a gateway and a shared volume. */
  const declare = (names: Readonly<Record<"core" | "back" | "public" | "files", string>>) => (app: App) => {
    const cluster = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 2 }) });
    const machine = "t4g.small";
    const core = new Fleet(cluster, names.core, { machine, size: 2 });
    const back = new Fleet(cluster, names.back, { machine, size: 2 });
    const files = new Volume(cluster, names.files, { shared: true });
    const common = { replicas: 2, memory: "64MiB" } as const;
    const redis = new Service(cluster, "redis", { ...common, on: back, image: "redis:7", port: 6379 });
    const web = new Service(cluster, "web", {
      ...common,
      on: core,
      image: "web:1",
      port: 80,
      volumes: { "/f": files },
    });
    new Service(cluster, "lone", { ...common, on: core, image: "lone:1" });
    web.uses(redis, { as: "REDIS" });
    new Gateway(cluster, names.public, { routes: { "/": web } });
  };
  const usual = { core: "core", back: "back", public: "public", files: "files" };
  const { document, model: written } = synthesize(declare(usual));

  test.each(Object.values(usual))("%s has all resources of that name, but those of the network", (name) => {
    const network = /^aws_(subnet|route|route_table|route_table_association|eip|nat_gateway)\./;
    const named = addressesOf(document)
      .filter((address) => new RegExp(`^\\w+\\.${name}(_|$)`).test(address))
      .filter((address) => !network.test(address));
    const found = targetAddresses(document, written, [name]);
    expect(found).toEqual(expect.arrayContaining(named));
    const reached = ["aws_autoscaling_group.core", "aws_vpc_security_group_ingress_rule.core_from_public_web_80"];
    const more = found.filter((address) => !named.includes(address));
    expect(more.sort()).toEqual(name === "public" ? reached : []);
    expect(named.length).toBeGreaterThan(3);
  });

  test("names that Lightfleet's own resources have take nothing of them along", () => {
    const odd = { core: "release", back: "settings", public: "s3", files: "programs" };
    const { document: json, model: named } = synthesize(declare(odd));
    for (const name of Object.values(odd))
      expect(targetAddresses(json, named, [name]).join("\n")).not.toMatch(
        /^aws_(s3_object|ssm_parameter|vpc_endpoint)\./m,
      );
  });

  const rules = (name: string) =>
    targetAddresses(document, written, [name])
      .filter((address) => address !== "aws_s3_object.release")
      .map((address) => address.replace(/^aws_vpc_security_group_(in|e)gress_rule\./, ""))
      .sort();
  const between = ["back_overlay_from_core", "back_overlay_to_core", "core_overlay_from_back", "core_overlay_to_back"];
  const within = ["back_overlay_from_back", "back_overlay_to_back", "core_overlay_from_core", "core_overlay_to_core"];

  test("a service takes the rules between its fleets and those of its partners along", () => {
    expect(rules("web")).toEqual([...between, ...within, "core_to_files", "files_from_core"].sort());
    expect(rules("redis")).toEqual([...between, ...within].sort());
    expect(rules("lone")).toEqual(["core_overlay_from_core", "core_overlay_to_core"]);
  });

  test("a service that is deployed still, and not in the program, is the release", () => {
    expect(targetAddresses(document, written, ["old"], ["old"])).toEqual(["aws_s3_object.release"]);
    expect(() => targetAddresses(document, written, ["wbe"], ["old"])).toThrow(
      expect.objectContaining({ code: "LF605", hint: expect.stringContaining("web, old") }),
    );
  });
});

import { describe, expect, test } from "vitest";
import { refuseCompany, targetAddresses } from "../../../commands/live/targets.js";
import { planSchema } from "../../../terraform/plan-schema.js";
import { summarize } from "../../../terraform/summary.js";
import { fleetModel, modelOf, serviceModel } from "../../program/random-model.js";

const services = [serviceModel("cart", ["core"]), serviceModel("web", ["core"])];
const model = modelOf([fleetModel("core")], services, []);
const root = {
  resource: {
    aws_autoscaling_group: { core: {}, corex: {} },
    aws_autoscaling_lifecycle_hook: { core_launching: {} },
    aws_route_table: { core_a: {} },
    aws_s3_object: { release: {} },
  },
};
const release = (...services: string[]) => {
  const content = (image: string): string =>
    JSON.stringify({ stack: { services: Object.fromEntries(services.map((id) => [id, { image }])) } });
  const change = { actions: ["update"], before: { content: content("a:1") }, after: { content: content("a:2") } };
  const address = "aws_s3_object.release";
  const resource = { address, mode: "managed", type: "aws_s3_object", name: "release", change };
  const none = { resource_drift: [], output_changes: {}, errored: false };
  return summarize({ format_version: "1.2", resource_changes: [resource], ...none });
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

test("a service is not released in company that was not named", () => {
  expect(() => refuseCompany(release("web"), model, ["web"])).not.toThrow();
  expect(() => refuseCompany(release("web", "cart"), model, ["web"])).toThrow(
    expect.objectContaining({ code: "LF605", message: expect.stringContaining("cart") }),
  );
  expect(() => refuseCompany(release("web", "cart"), model, ["web", "cart"])).not.toThrow();
});

describe("a gateway", () => {
  const gateway = (id: string) => ({
    ...{ id, internal: false, certificate: null, hosts: [], routes: [{ path: "/", service: "web", port: 80 }] },
  });
  const behind = {
    ...modelOf([fleetModel("core"), fleetModel("load")], services, []),
    gateways: [gateway("public")],
  };
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
  const plan = (...changes: [type: string, name: string, actions: string[], after?: object][]) =>
    summarize(
      planSchema.parse({
        format_version: "1.2",
        resource_changes: changes.map(([type, name, actions, after = {}]) => ({
          ...{ address: `${type}.${name}`, type, name, change: { actions, before: {}, after } },
        })),
      }),
    );
  const group = (after: object) => plan(["aws_autoscaling_group", "core", ["update"], after]);

  test("takes along what lets it reach its fleets, and nothing else of them", () => {
    expect(targetAddresses(written, behind, ["public"]).sort()).toEqual([
      ...["aws_autoscaling_group.core", "aws_lb.public", "aws_lb_target_group.public_web_80"],
      "aws_vpc_security_group_egress_rule.public_to_core_web_80",
      "aws_vpc_security_group_ingress_rule.core_from_public_web_80",
      "aws_vpc_security_group_ingress_rule.public_from_world_80",
    ]);
  });

  test("may give groups of VMs its target groups", () => {
    expect(() => refuseCompany(group({ target_group_arns: ["a"] }), behind, ["public"])).not.toThrow();
  });

  test.each([
    ["VMs that are replaced", group({ launch_template: [{ version: "2" }] }), "the VMs of core would be replaced"],
    ["a template", plan(["aws_launch_template", "core", ["update"], { user_data: "x" }]), "the VMs of core"],
    ["another size", group({ target_group_arns: ["a"], max_size: 9 }), "would be changed too (max_size)"],
    ["a new fleet", plan(["aws_autoscaling_group", "core", ["create"]]), "the fleet core would be made"],
  ])("does not take %s along that was not named", (_, summary, message) => {
    expect(() => refuseCompany(summary, behind, ["public"])).toThrow(
      expect.objectContaining({
        ...{ code: "LF605", message: expect.stringContaining(message) },
        hint: expect.stringContaining("--target core"),
      }),
    );
    expect(() => refuseCompany(summary, behind, ["public", "core"])).not.toThrow();
  });

  test("does not get targets whose ports no release publishes", () => {
    const made = plan(["aws_lb_target_group", "public_web_80", ["create"]]);
    expect(() => refuseCompany(made, behind, ["public"])).toThrow(
      expect.objectContaining({ code: "LF605", hint: expect.stringContaining("--target web") }),
    );
    expect(() => refuseCompany(made, behind, ["public", "web"])).not.toThrow();
    const shared = { ...behind, gateways: [gateway("public"), gateway("ops")] };
    expect(() => refuseCompany(made, shared, ["public"])).not.toThrow();
    const port = { name: "http", port: 80, hostPort: 8080 };
    const bound = { ...behind, services: [serviceModel("web", ["core"], [port])] };
    expect(() => refuseCompany(made, bound, ["public"])).not.toThrow();
  });
});

import { describe, expect, test } from "vitest";
import { refuseCompany } from "../../../../stacks/aws/plan/unintended-changes.js";
import type { Model } from "../../../../model/schema.js";
import { planSchema } from "../../../../terraform/plan-schema.js";
import { summarize, type PlanSummary } from "../../../../terraform/summary.js";
import { fleetModel, modelOf, serviceModel } from "../../../program/random-model.js";
import { behind, gateway, model } from "../../../commands/live/shops.js";
import { awsClassifier } from "../../../../stacks/aws/plan/classifier.js";

const release = (...services: string[]) => {
  const content = (image: string): string =>
    JSON.stringify({ stack: { services: Object.fromEntries(services.map((id) => [id, { image }])) } });
  const change = { actions: ["update"], before: { content: content("a:1") }, after: { content: content("a:2") } };
  const address = "aws_s3_object.release";
  const resource = { address, mode: "managed", type: "aws_s3_object", name: "release", change };
  const none = { resource_drift: [], output_changes: {}, errored: false };
  return summarize({ format_version: "1.2", resource_changes: [resource], ...none }, awsClassifier);
};

/** What a plan of these names is refused for, where the state has these addresses. */
const refuse = (
  summary: PlanSummary,
  of: Model,
  names: readonly string[],
  root: unknown = {},
  state: string[] = [],
) => {
  const addresses = of.services.some(({ id }) => names.includes(id)) ? ["aws_s3_object.release"] : [];
  refuseCompany(summary, { root, model: of, names, addresses, state: new Set(state) });
};

test("a service is not released in company that was not named", () => {
  expect(() => refuse(release("web"), model, ["web"])).not.toThrow();
  expect(() => refuse(release("web", "cart"), model, ["web"])).toThrow(
    expect.objectContaining({ code: "LF605", message: expect.stringContaining("cart") }),
  );
  expect(() => refuse(release("web", "cart"), model, ["web", "cart"])).not.toThrow();
});

describe("a gateway", () => {
  const plan = (...changes: [type: string, name: string, actions: string[], after?: object][]) =>
    summarize(
      planSchema.parse({
        format_version: "1.2",
        resource_changes: changes.map(([type, name, actions, after = {}]) => ({
          ...{ address: `${type}.${name}`, type, name, change: { actions, before: {}, after } },
        })),
      }),
      awsClassifier,
    );
  const group = (after: object) => plan(["aws_autoscaling_group", "core", ["update"], after]);

  test("may give groups of VMs its target groups", () => {
    expect(() => refuse(group({ target_group_arns: ["a"] }), behind, ["public"])).not.toThrow();
  });

  test.each([
    ["VMs that are replaced", group({ launch_template: [{ version: "2" }] }), "the VMs of core would be replaced"],
    ["a template", plan(["aws_launch_template", "core", ["update"], { user_data: "x" }]), "the VMs of core"],
    ["another size", group({ target_group_arns: ["a"], max_size: 9 }), "would be changed too (max_size)"],
    ["a new fleet", plan(["aws_autoscaling_group", "core", ["create"]]), "the fleet core would be made"],
  ])("does not take %s along that was not named", (_, summary, message) => {
    expect(() => refuse(summary, behind, ["public"])).toThrow(
      expect.objectContaining({
        ...{ code: "LF605", message: expect.stringContaining(message) },
        hint: expect.stringContaining("--target core"),
      }),
    );
    expect(() => refuse(summary, behind, ["public", "core"])).not.toThrow();
  });

  test("does not get targets whose ports no release publishes", () => {
    const made = plan(["aws_lb_target_group", "public_web_80", ["create"]]);
    expect(() => refuse(made, behind, ["public"])).toThrow(
      expect.objectContaining({ code: "LF605", hint: expect.stringContaining("--target web") }),
    );
    expect(() => refuse(made, behind, ["public", "web"])).not.toThrow();
    const shared = { ...behind, gateways: [gateway("public"), gateway("ops")] };
    expect(() => refuse(made, shared, ["public"])).not.toThrow();
    const port = { name: "http", port: 80, hostPort: 8080 };
    const bound = { ...behind, services: [serviceModel("web", ["core"], [port])] };
    expect(() => refuse(made, bound, ["public"])).not.toThrow();
  });
});

describe("a release that needs what is not there yet", () => {
  const moved: Model = {
    ...modelOf(
      [fleetModel("core"), fleetModel("back")],
      [{ ...serviceModel("web", ["back"]), volumes: { "/f": "files" } }],
      [],
    ),
    volumes: [{ id: "files", kind: "shared" }],
    gateways: [
      {
        id: "public",
        internal: false,
        certificate: null,
        hosts: [],
        routes: [{ path: "/", service: "web", port: 80 }],
      },
    ],
  };
  const root = {
    resource: {
      aws_autoscaling_group: { core: {}, back: {} },
      aws_efs_mount_target: { files_a: {} },
      aws_vpc_security_group_egress_rule: { public_to_back_web_80: {} },
    },
  };
  const back = "aws_autoscaling_group.back";
  const files = "aws_efs_mount_target.files_a";
  const targets = "aws_lb_target_group.public_web_80";
  const way = "aws_vpc_security_group_egress_rule.public_to_back_web_80";

  test.each([
    ["a fleet", [files], "the fleet back", "--target back"],
    ["a volume", [back], "the volume files", "--target files"],
    ["a gateway's way to it", [back, files, targets], "the way from public to web", "--target public"],
  ])("is refused: %s", (_, state, what, hint) => {
    expect(() => refuse(release("web"), moved, ["web"], root, state)).toThrow(
      expect.objectContaining({
        ...{ code: "LF605", message: expect.stringContaining(what), hint: expect.stringContaining(hint) },
      }),
    );
  });

  test.each([
    ["all of it is there", [back, files, targets, way]],
    ["a gateway does not route to it yet", [back, files]],
  ])("goes out where %s", (_, state) => {
    expect(() => refuse(release("web"), moved, ["web"], root, state)).not.toThrow();
  });
});

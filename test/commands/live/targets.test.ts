import { expect, test } from "vitest";
import { refuseCompany, targetAddresses } from "../../../commands/live/targets.js";
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

test("a service is not released in company that was not named", () => {
  expect(() => refuseCompany(release("web"), model, ["web"])).not.toThrow();
  expect(() => refuseCompany(release("web", "cart"), model, ["web"])).toThrow(
    expect.objectContaining({ code: "LF605", message: expect.stringContaining("cart") }),
  );
  expect(() => refuseCompany(release("web", "cart"), model, ["web", "cart"])).not.toThrow();
});

import { expect, test } from "vitest";
import { id, Local, network } from "./local.js";

const NOT_FOUND = { content_type: "text/plain", message_body: "no route", status_code: "404" };

test("what belongs to an action's former type stands in the plan of its change, and is gone once that is applied", () => {
  const cloud = new Local();
  const { vpc, subnets } = network(cloud);
  const group = cloud.apply("aws_lb_target_group", { name: "web", port: 80, protocol: "HTTP", vpc_id: id(vpc) });
  const balancer = cloud.apply("aws_lb", { name: "web", subnets: subnets.map(id) });
  const listener = (action: Record<string, string | (typeof NOT_FOUND)[]>) => ({
    load_balancer_arn: id(balancer),
    port: 80,
    protocol: "HTTP",
    default_action: [action],
  });
  const forward = { type: "forward", target_group_arn: id(group) };
  const refuse = { type: "fixed-response", fixed_response: [NOT_FOUND] };

  const forwards = cloud.apply("aws_lb_listener", listener(forward));
  expect(cloud.plan("aws_lb_listener", listener(refuse), forwards).planned["default_action"]).toMatchObject([
    { ...refuse, target_group_arn: id(group) },
  ]);
  const refuses = cloud.apply("aws_lb_listener", listener(refuse), forwards);
  expect(refuses["default_action"]).toMatchObject([{ ...refuse, target_group_arn: "" }]);
  expect(cloud.plan("aws_lb_listener", listener(forward), refuses).planned["default_action"]).toMatchObject([
    { ...forward, fixed_response: [NOT_FOUND] },
  ]);
  const again = cloud.apply("aws_lb_listener", listener(forward), refuses);
  expect(again["default_action"]).toMatchObject([{ ...forward, fixed_response: [] }]);
  expect(cloud.plan("aws_lb_listener", listener(forward), again).planned).toEqual(again);
});

import { expect, test } from "vitest";
import { holdsNothing } from "../../../stacks/aws/plan/prior-state.js";
import { unknownCluster } from "../../../operations/plan/untracked-cluster.js";
import { planSchema } from "../../../terraform/plan-schema.js";

const group = { address: "aws_autoscaling_group.core", mode: "managed" };
const looked = { address: "data.aws_ami.base", mode: "data" };

test.each([
  ["no state at all", undefined, true],
  ["a state of nothing", {}, true],
  ["what is only read", { resources: [looked], child_modules: [{ resources: [looked] }] }, true],
  ["a resource", { resources: [looked, group] }, false],
  ["a resource in a module", { child_modules: [{ child_modules: [{ resources: [group] }] }] }, false],
  ["a resource whose mode is not said", { resources: [{ address: "aws_vpc.cluster" }] }, false],
])("whether a state holds nothing: %s", (_, root_module, empty) => {
  const prior_state = root_module === undefined ? undefined : { values: { root_module } };
  expect(holdsNothing(planSchema.parse({ format_version: "1.2", prior_state }))).toBe(empty);
});

test("what an account has of a cluster is told, and nothing is not", () => {
  expect(unknownCluster("shop", "eu-west-1", { groups: [], settings: false })).toBeUndefined();
  const error = unknownCluster("shop", "eu-west-1", { groups: ["shop-web", "shop-control"], settings: true });
  expect(error).toMatchObject({
    code: "LF621",
    message: /'shop' in eu-west-1/,
    hint: /kept elsewhere.*--allow-duplicate/,
  });
  expect(error?.message).toContain("(autoscaling groups shop-control, shop-web; the settings of its VMs)");
  expect(unknownCluster("shop", "eu-west-1", { groups: [], settings: true })?.message).not.toContain("groups");
});

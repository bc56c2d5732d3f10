import fc from "fast-check";
import { expect, test } from "vitest";
import { boundedName, letterOf, partitionOf, targetGroupName, unreserved } from "../../../stacks/aws/names.js";

const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/);
const parts = fc.array(part, { minLength: 1, maxLength: 4 });

test("a bounded name is as long as it may be, and has no hyphen at its end", () => {
  fc.assert(
    fc.property(parts, fc.integer({ min: 16, max: 64 }), (some, max) => {
      const name = boundedName(some, max);
      expect(name.length).toBeLessThanOrEqual(max);
      expect(name).toMatch(/^[a-z][a-z0-9-]*[a-z0-9]$/);
      const whole = some.join("-");
      if (whole.length <= max) expect(name).toBe(whole);
      else expect(name).not.toMatch(/--[a-z0-9]{7}$/);
    }),
  );
});

test("two names stay two", () => {
  fc.assert(
    fc.property(fc.uniqueArray(part, { minLength: 2, maxLength: 20 }), (some) => {
      expect(new Set(some.map((one) => boundedName(["lightfleet", one], 24))).size).toBe(some.length);
    }),
  );
  const long = "a".repeat(40);
  expect(boundedName([long, "x"], 32)).not.toBe(boundedName([long, "y"], 32));
});

test("a target group has no two hyphens in a row, and two names stay two", () => {
  const name = (cluster: string): string =>
    targetGroupName({ cluster, platform: { cidr: "10.0.0.0/16" } as never }, "way", "web", 30_000);
  const some = ["a-b", "a--b", "a---b", `${"a".repeat(20)}--${"b".repeat(15)}`].map(name);
  for (const one of some) expect(one).toMatch(/^(?!.*--)(?!-)[a-z0-9-]{1,32}(?<!-)$/);
  expect(new Set(some).size).toBe(some.length);
});

test("names that AWS keeps for itself get a letter before them", () => {
  expect(unreserved("sg-core", "sg-")).toBe("x-sg-core");
  expect(unreserved("shop-core", "sg-")).toBe("shop-core");
});

test("partitions and letters are read from names", () => {
  expect(["eu-west-1", "cn-north-1", "us-gov-east-1"].map(partitionOf)).toEqual(["aws", "aws-cn", "aws-us-gov"]);
  expect(letterOf("eu-west-1c")).toBe("c");
});

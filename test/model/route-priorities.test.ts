import fc from "fast-check";
import { expect, test } from "vitest";
import { routePriorities } from "../../model/route-priorities.js";

const segment = fc.stringMatching(/^[a-z]{1,3}$/);
const path = fc.array(segment, { minLength: 1, maxLength: 6 }).map((segments) => `/${segments.join("/")}`);
const paths = fc.uniqueArray(path, { maxLength: 60 });
const depth = (text: string): number => text.split("/").length - 1;

test("priorities are unique, and within what a load balancer takes", () => {
  fc.assert(
    fc.property(paths, (some) => {
      const priorities = routePriorities(some);
      expect([...priorities.keys()].sort()).toEqual([...some].sort());
      expect(new Set(priorities.values()).size).toBe(some.length);
      for (const priority of priorities.values()) {
        expect(priority).toBeGreaterThanOrEqual(1);
        expect(priority).toBeLessThanOrEqual(50_000);
      }
    }),
  );
});

test("a path with more segments is asked sooner", () => {
  fc.assert(
    fc.property(paths, (some) => {
      const priorities = [...routePriorities(some)];
      for (const [a, first] of priorities)
        for (const [b, second] of priorities) if (depth(a) > depth(b)) expect(first).toBeLessThan(second);
    }),
  );
});

test("a path of another depth leaves the rest where they are", () => {
  fc.assert(
    fc.property(paths, path, (some, another) => {
      const others = some.filter((one) => depth(one) !== depth(another));
      const before = routePriorities(others);
      const after = routePriorities([...others, another]);
      for (const [one, priority] of before) expect(after.get(one)).toBe(priority);
    }),
  );
});

test("the order of declaration does not matter, and the root comes last", () => {
  fc.assert(
    fc.property(paths, (some) => {
      expect(new Map([...routePriorities([...some].reverse())].sort())).toEqual(
        new Map([...routePriorities(some)].sort()),
      );
    }),
  );
  const priorities = routePriorities(["/", "/a", `/${"a/".repeat(23)}a`]);
  expect([...priorities.values()].map((priority) => Math.floor((priority - 1) / 2_000))).toEqual([24, 23, 0]);
});

import { expect, test } from "vitest";
import { desiredOf, setsDesired } from "../../model/fleet-size.js";

const range = { size: { min: 3, desired: 4, max: 9 }, keepDesired: false };

test("a deploy sets the number of a fixed size, and of a range that asks for it", () => {
  expect(setsDesired(range)).toBe(false);
  expect(setsDesired({ ...range, keepDesired: true })).toBe(true);
  expect(setsDesired({ size: { min: 3, desired: 3, max: 3 }, keepDesired: false })).toBe(true);
});

test("else it leaves the number that the group has, within the bounds", () => {
  expect([1, 3, 7, 12].map((present) => desiredOf(range, present))).toEqual([3, 3, 7, 9]);
  expect(desiredOf({ ...range, keepDesired: true }, 7)).toBe(4);
  expect(desiredOf(range, undefined)).toBeUndefined();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { byId, byText, sortedRecord } from "../../model/order.js";

test("texts stand by code unit, whatever the locale", () => {
  expect(["b", "a", "B", "ä", "a"].sort(byText)).toEqual(["B", "a", "a", "b", "ä"]);
});

test("a sorted list is a copy", () => {
  const items = [{ id: "b" }, { id: "a" }];
  expect(byId(items)).toEqual([{ id: "a" }, { id: "b" }]);
  expect(items[0]).toEqual({ id: "b" });
});

test("the bytes of a sorted record do not depend on the order of its keys", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer(), { noNullPrototype: true }), (record) => {
      const reversed = Object.fromEntries(Object.entries(record).reverse());
      expect(JSON.stringify(sortedRecord(reversed))).toBe(JSON.stringify(sortedRecord(record)));
      expect(Object.entries(sortedRecord(record)).sort()).toEqual(Object.entries(record).sort());
    }),
  );
});

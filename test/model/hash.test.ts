import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { assignStable, spread } from "../../model/hash.js";

const FIRST = 100;
const SIZE = 50;
const RANGE = { first: FIRST, size: SIZE };
const key = fc.stringMatching(/^[a-z]{1,6}$/);
const keys = fc.uniqueArray(key, { maxLength: SIZE / 2 });

test("the hash is the published one", () => {
  expect([spread(""), spread("a"), spread("foobar")]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});

describe("stable numbers", () => {
  test("are in their range, and one a key", () => {
    fc.assert(
      fc.property(keys, (some) => {
        const numbers = [...assignStable(some, RANGE).values()];
        expect(new Set(numbers).size).toBe(some.length);
        for (const number of numbers) {
          expect(number).toBeGreaterThanOrEqual(FIRST);
          expect(number).toBeLessThan(FIRST + SIZE);
        }
      }),
    );
  });

  test("depend neither on order nor on repetition", () => {
    fc.assert(
      fc.property(keys, (some) => {
        expect(assignStable([...some, ...some].reverse(), RANGE)).toEqual(assignStable(some, RANGE));
      }),
    );
  });

  test("stay where they are when another key comes whose own number is free", () => {
    fc.assert(
      fc.property(keys, key, (some, another) => {
        const before = assignStable(
          some.filter((one) => one !== another),
          RANGE,
        );
        fc.pre(![...before.values()].includes(FIRST + (spread(another) % SIZE)));
        const after = assignStable([...before.keys(), another], RANGE);
        for (const [one, number] of before) expect(after.get(one)).toBe(number);
      }),
    );
  });

  test("leave out what is reserved", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(key, { maxLength: 10 }),
        fc.array(fc.nat(200), { maxLength: 40 }),
        (some, reserved) => {
          for (const number of assignStable(some, RANGE, { reserved }).values()) expect(reserved).not.toContain(number);
        },
      ),
    );
  });

  test("fill their range to the last, and no further", () => {
    const all = Array.from({ length: SIZE }, (_, index) => `key-${index}`);
    expect(new Set(assignStable(all, RANGE).values()).size).toBe(SIZE);
    expect(() => assignStable([...all, "one-more"], RANGE)).toThrow(RangeError);
    expect(() => assignStable(all, RANGE, { reserved: [FIRST] })).toThrow(RangeError);
  });
});

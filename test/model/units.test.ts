import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatCidr, tryParseCidr, tryParseDuration, tryParseMemory } from "../../model/units.js";

describe("memory", () => {
  test.each([
    ["128MiB", 128],
    ["1.5GiB", 1536],
    ["0.5GiB", 512],
  ])("'%s' is %i MiB", (text, mib) => {
    expect(tryParseMemory(text)).toBe(mib);
  });

  test.each([
    "",
    "128",
    "128MB",
    "128 MiB",
    "-1MiB",
    "0MiB",
    "0.1GiB",
    "1.5MiB",
    "1e3MiB",
    "MiB",
    "99999999999999999GiB",
  ])("'%s' is none", (text) => {
    expect(tryParseMemory(text)).toBeUndefined();
  });

  test("comes back as it was written", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e9 }), fc.constantFrom("MiB", "GiB"), (amount, unit) => {
        expect(tryParseMemory(`${amount}${unit}`)).toBe(amount * (unit === "GiB" ? 1024 : 1));
      }),
    );
  });
});

describe("durations", () => {
  test.each([
    ["500ms", 500],
    ["30s", 30_000],
    ["1.5m", 90_000],
    ["2h", 7_200_000],
    ["0s", 0],
    ["0.001s", 1],
    ["0.1s", 100],
  ])("'%s' are %i ms", (text, ms) => {
    expect(tryParseDuration(text)).toBe(ms);
  });

  test.each(["", "5", "5 s", "-5s", "5d", "1e3s", "0.5ms", "0.0001ms", "1.0001s", "s"])("'%s' is none", (text) => {
    expect(tryParseDuration(text)).toBeUndefined();
  });

  test("are whole milliseconds, and exact", () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 0, max: 999 }), (whole, thousandths) => {
        const text = `${whole}.${String(thousandths).padStart(3, "0")}`;
        expect(tryParseDuration(`${text}s`)).toBe(whole * 1000 + thousandths);
        expect(tryParseDuration(`${text}ms`)).toBe(thousandths === 0 ? whole : undefined);
        expect(tryParseDuration(`${text}h`)).toBe(whole * 3_600_000 + thousandths * 3_600);
      }),
    );
  });
});

describe("networks", () => {
  const network = fc
    .record({ prefix: fc.integer({ min: 0, max: 32 }), number: fc.nat(2 ** 31 - 1) })
    .map(({ prefix, number }) => ({ prefix, base: (number % 2 ** Math.min(prefix, 31)) * 2 ** (32 - prefix) }));

  test("come back as they were written", () => {
    fc.assert(
      fc.property(network, (one) => {
        expect(tryParseCidr(formatCidr(one))).toEqual(one);
      }),
    );
  });

  test("what is taken is written in the one way", () => {
    const octet = fc.oneof(
      fc.nat(300).map(String),
      fc.nat(99).map((number) => `0${number}`),
    );
    const text = fc
      .tuple(octet, octet, octet, octet, fc.nat(40))
      .map(([a, b, c, d, prefix]) => `${a}.${b}.${c}.${d}/${prefix}`);
    fc.assert(
      fc.property(text, (one) => {
        const parsed = tryParseCidr(one);
        if (parsed !== undefined) expect(formatCidr(parsed)).toBe(one);
      }),
    );
  });

  test.each([
    "",
    "10.0.0.0",
    "10.0.0.0/33",
    "10.0.0.1/16",
    "256.0.0.0/8",
    "10.0.0/16",
    "010.0.0.0/16",
    "10.0.0.0/08",
    "::/0",
  ])("'%s' is none", (text) => {
    expect(tryParseCidr(text)).toBeUndefined();
  });
});

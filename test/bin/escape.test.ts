import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, safe, safeLine } from "../../bin/terminal/escape.js";

test("escape sequences go as a whole", () => {
  expect(safe("\u001b[31mred\u001b[0m \u001b]0;title\u0007x\u001b]8;;http://a\u001b\\link")).toBe("red xlink");
  expect(safe("a\rb\u0008c\u202ed\u009b31m")).toBe("abcd31m");
  expect(safe("tab\tline\nend")).toBe("tab\tline\nend");
  expect(safeLine(" a\n  b\tc ")).toBe(" a b c ");
});

test("characters that are there and not seen go, too", () => {
  expect(safe("pay\u200bment\u2060\ufeff \u00ada\u{e0041}b\u2028c\u200d")).toBe("payment abc");
  expect(safe("naïve 数据 👍 e\u0301")).toBe("naïve 数据 👍 e\u0301");
});

test("nothing that moves the cursor or turns text around is left", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."\u001b[31m;]0\u0007\\\u009b\r\n\t\u0008\u202e\u2066\u0000ab👍") }),
      (text) => {
        expect(safeLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
      },
    ),
  );
});

test("a cut is as wide as asked, and counts characters, not halves of them", () => {
  expect(cut("abc", 3)).toBe("abc");
  expect(cut("abcd", 3)).toBe("ab…");
  expect(cut("👍👍👍", 2)).toBe("👍…");
});

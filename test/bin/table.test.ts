import { expect, test } from "vitest";
import { duration, plural, table } from "../../bin/terminal/table.js";

test("columns are aligned, ends are trimmed, and what is too wide is cut", () => {
  expect(
    table(
      [
        ["a", "bb", ""],
        ["ccc", "d", "e"],
      ],
      80,
    ),
  ).toEqual(["  a    bb", "  ccc  d   e"]);
  expect(table([["a", "0123456789"]], 8, "")).toEqual(["a  0123…"]);
});

test("times and counts read well", () => {
  expect([0, 940, 9_999, 12_300, 125_000].map(duration)).toEqual(["0.0 s", "0.9 s", "10.0 s", "12 s", "2 min 5 s"]);
  expect([plural(1, "VM"), plural(0, "VM"), plural(2, "entry", "entries")]).toEqual(["1 VM", "0 VMs", "2 entries"]);
});

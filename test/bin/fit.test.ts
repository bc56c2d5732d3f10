import { expect, test } from "vitest";
import { fit, type Level } from "../../bin/render/fit.js";

const lines = (level: Level, count: number) =>
  Array.from({ length: count }, (_, i) => ({ level, text: `${level} ${i}` }));

test("what is well is left out first, from the longest section, and that is said", () => {
  const sections = [
    { title: "fleets", lines: lines("good", 2) },
    { title: "VMs", lines: [...lines("good", 20), ...lines("bad", 2)] },
  ];
  expect(fit(sections, undefined)).toHaveLength(26);
  expect(fit(sections, 9)).toEqual([
    ...["fleets", "good 0", "good 1"],
    ...["VMs", "good 0", "good 1", "bad 0", "bad 1", "  … 18 more, all well"],
  ]);
});

test("a single line is not left out: to say so would take as much room", () => {
  const sections = [
    { title: "fleets", lines: lines("good", 3) },
    { title: "VMs", lines: lines("good", 3) },
  ];
  expect(fit(sections, 7)).toEqual([
    ...["fleets", "good 0", "  … 2 more, all well"],
    ...["VMs", "good 0", "good 1", "good 2"],
  ]);
});

test("what is ill goes last, and is not called well then", () => {
  const shown = fit([{ title: "VMs", lines: [...lines("good", 5), ...lines("bad", 5)] }], 4);
  expect(shown).toEqual(["VMs", "bad 0", "bad 1", "  … 8 more"]);
});

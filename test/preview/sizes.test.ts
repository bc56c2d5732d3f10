import { expect, test } from "vitest";
import { found, listFor, type Step } from "./cases.js";

type Size = { min: number; max: number; desired?: number; keepDesired?: boolean };
const range =
  (size: Size): Step =>
  ({ fleets }) =>
    void (fleets["edge"] = { machine: "m7i.large", size });
const change = (from: Size, to: Size) => found(listFor(range(from), range(to)), "fleet:edge");

test("another number to start with touches no VM of a group that is there", () => {
  for (const desired of [2, 7])
    expect(change({ min: 2, max: 9, desired: 4 }, { min: 2, max: 9, desired })).toMatchObject({
      action: "change",
      weight: "plain",
      attributes: [{ name: "size", before: "2 to 9, 4 to start with", after: `2 to 9, ${desired} to start with` }],
      effect: [expect.stringMatching(/^no VM is touched/)],
    });
});

test("a number that each deploy sets does", () => {
  const keepDesired = true;
  const of = (desired: number): Size => ({ min: 2, max: 9, desired, keepDesired });
  expect(change(of(2), of(4))).toMatchObject({ effect: ["2 VMs more"] });
  expect(change(of(4), of(2))?.effect.join()).toContain("2 VMs fewer");
});

test("bounds tell what they do, and not how many VMs there are by then", () => {
  expect(change({ min: 2, max: 9 }, { min: 3, max: 9 })).toMatchObject({ effect: ["VMs start until there are 3"] });
  expect(change({ min: 2, max: 9 }, { min: 2, max: 6 })).toMatchObject({
    effect: ["VMs end until there are 6, where there are more"],
  });
  expect(change({ min: 2, max: 9 }, { min: 2, max: 12 })).toMatchObject({ effect: ["no VM is touched"] });
});

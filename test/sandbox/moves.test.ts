import fc from "fast-check";
import { expect, test } from "vitest";
import { readDocument } from "../../sandbox/simulator/document.js";
import { destinations, move, renameInTemplate, renameReferences } from "../../sandbox/simulator/moves.js";

const names = fc.uniqueArray(fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/), { minLength: 2, maxLength: 8 });
const address = (name: string): string => `aws_x.${name}`;
/** A chain of moves, in any order. */
const chains = names.chain((list) => {
  const steps = list.slice(1).map((name, index) => ({ from: address(list[index] ?? ""), to: address(name) }));
  return fc.record({ list: fc.constant(list), moved: fc.shuffledSubarray(steps, { minLength: steps.length }) });
});

test("moves lead on, in whatever order they are written", () => {
  fc.assert(
    fc.property(chains, ({ list, moved }) => {
      const [first, last] = [address(list[0] ?? ""), address(list.at(-1) ?? "")];
      const objects = new Map([[first, "it"]]);
      expect(move(objects, readDocument({ moved }))).toEqual(new Map([[last, first]]));
      expect(objects).toEqual(new Map([[last, "it"]]));
      expect(destinations(moved).get(first)).toBe(last);
    }),
  );
});

test("nothing is lost or made, and nothing that is there is moved onto", () => {
  const some = fc.array(fc.record({ from: fc.constantFrom("a", "b", "c"), to: fc.constantFrom("a", "b", "c", "d") }));
  fc.assert(
    fc.property(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d")), some, (there, steps) => {
      const objects = new Map(there.map((name) => [address(name), name]));
      const moved = steps.map(({ from, to }) => ({ from: address(from), to: address(to) }));
      for (const [to, from] of move(objects, readDocument({ moved }))) expect(objects.get(to)).toBe(from.slice(6));
      expect([...objects.values()].sort()).toEqual([...there].sort());
    }),
  );
});

const moves = [
  { from: "aws_db_instance.a", to: "aws_db_instance.b" },
  { from: "aws_eip.nat[0]", to: 'aws_eip.nat["x"]' },
];

test.each([
  ["aws_db_instance.a.address", "aws_db_instance.b.address"],
  ["jsonencode(aws_db_instance.a.address)", "jsonencode(aws_db_instance.b.address)"],
  ["aws_db_instance.a[1].address", "aws_db_instance.b[1].address"],
  ["aws_eip.nat[0].id", 'aws_eip.nat["x"].id'],
  ["aws_eip.nat[10].id", "aws_eip.nat[10].id"],
  ["aws_db_instance.ab.address", "aws_db_instance.ab.address"],
  ["my.aws_db_instance.a", "my.aws_db_instance.a"],
  ["data.aws_db_instance.a.address", "data.aws_db_instance.a.address"],
])("%s refers to %s", (from, to) => {
  expect(renameReferences(from, moves)).toBe(to);
});

test("text around expressions stays as it is", () => {
  const text = "aws_db_instance.a.x ${aws_db_instance.a.x} $${aws_db_instance.a.x}";
  expect(renameInTemplate(text, moves)).toBe("aws_db_instance.a.x ${aws_db_instance.b.x} $${aws_db_instance.a.x}");
});

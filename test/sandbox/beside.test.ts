import fc from "fast-check";
import { expect, test } from "vitest";
import { playBeside, type WrittenSide } from "../../sandbox/simulator/unsimulated-blocks.js";
import { readDocument } from "../../sandbox/simulator/document.js";
import { blockOf } from "../../sandbox/simulator/moves.js";

const side = (json: unknown): WrittenSide => ({ document: readDocument(json), configured: ({ config }) => config });
const program = (tables: object, more: object = {}): WrittenSide => side({ resource: { x_table: tables }, ...more });

function played(before: WrittenSide, after: WrittenSide) {
  const blocks = [before, after].flatMap(({ document }) => [...document.blocks.keys()]);
  return playBeside(before, after, new Set(blocks), { exposed: () => [] });
}

const block = fc.record({ name: fc.constantFrom("a", "b"), count: fc.option(fc.integer({ min: 0, max: 3 })) });
const programs = fc
  .dictionary(fc.constantFrom("p", "q", "r"), block)
  .map((tables) =>
    program(
      Object.fromEntries(
        Object.entries(tables).map(([id, { name, count }]) => [id, count === null ? { name } : { name, count }]),
      ),
    ),
  );
const addresses = ({ document }: WrittenSide): string[] => [...document.declared.keys()].sort();

test("what is gone is destroyed, what is new is made, and all else stays", () => {
  fc.assert(
    fc.property(programs, programs, (before, after) => {
      const { changes, refused } = played(before, after);
      const of = (action: string): string[] =>
        changes
          .filter(({ change }) => change.actions.join() === action)
          .map(({ address }) => address)
          .sort();
      // What gets or loses a count goes on at its first.
      const gone = new Set(of("delete"));
      const left = addresses(before).length - gone.size + of("create").length;
      expect(left).toBe(addresses(after).length);
      for (const address of gone) expect(addresses(after)).not.toContain(address);
      for (const address of of("create")) expect(addresses(after)).toContain(address);
      expect(refused).toEqual([]);
      expect(changes.every(({ address, type, name }) => blockOf(address) === `${type}.${name}`)).toBe(true);
    }),
  );
});

test("nothing changes from a program to itself", () => {
  fc.assert(
    fc.property(programs, (one) => {
      const { changes, notPlayed } = played(one, one);
      expect(changes).toEqual([]);
      expect(notPlayed.every(({ written }) => written === "same")).toBe(true);
    }),
  );
});

test("what there is an unknown number of is compared as it is written", () => {
  const many = (count: string, name = "t"): WrittenSide => program({ t: { count, name } });
  const written = (before: WrittenSide, after: WrittenSide) => played(before, after).notPlayed;
  expect(written(many("${var.a}"), many("${var.b}"))).toMatchObject([{ written: "changed", differs: ["count"] }]);
  expect(written(many("${var.a}"), many("${var.a}", "u"))).toMatchObject([{ written: "changed", differs: ["name"] }]);
  expect(written(many("${var.a}"), many("${var.a}"))).toMatchObject([{ written: "same" }]);
  expect(written(program({}), many("${var.a}"))).toMatchObject([{ written: "added", planned: false }]);
  expect(played(many("${var.a}"), program({})).changes).toMatchObject([{ address: "x_table.t" }]);
});

test("a guarded one of several is refused, and one that is gone as a whole is not", () => {
  const guarded = (count: number): WrittenSide =>
    program({ t: { count, name: "t", lifecycle: { prevent_destroy: true } } });
  expect(played(guarded(2), guarded(1)).refused).toMatchObject([["x_table.t[1]", {}]]);
  expect(played(guarded(1), program({})).changes).toMatchObject([{ change: { actions: ["delete"] } }]);
});

test("a module is compared by what goes into it", () => {
  const net = (size: number): WrittenSide => ({
    ...side({ module: { net: { source: "./net", size: "${local.size}" } } }),
    configured: ({ config }) => ({ ...config, size }),
  });
  expect(played(net(1), net(1)).notPlayed).toMatchObject([{ address: "module.net", written: "same" }]);
  expect(played(net(1), net(2)).notPlayed).toMatchObject([{ address: "module.net", written: "changed" }]);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { alike, alikeRows, alikeRulings, countOf, resourceWhy } from "../../preview/render/grouping.js";
import type { Change, ResourceRow } from "../../preview/schema.js";

const change = (name: string, more: Partial<Change> = {}): Change => ({
  id: `resource:${name}`,
  kind: "resource",
  what: `resource ${name}`,
  action: "replace",
  weight: "danger",
  stateful: true,
  attributes: [],
  why: ["name cannot be changed in place"],
  effect: ["DATA LOSS: a queue is deleted"],
  interrupts: [],
  marks: [],
  ...more,
});

test("many of one text are said once, with their names", () => {
  const queues = Array.from({ length: 100 }, (_, index) => change(`aws_sqs_queue.q[${index}]`));
  const other = change("aws_s3_bucket.b", { effect: ["DATA LOSS: a bucket is deleted"] });
  expect(alike([...queues, other]).map(({ what, count }) => [what, count])).toEqual([
    [`100 resources: ${[0, 1, 2, 3, 4, 5].map((index) => `aws_sqs_queue.q[${index}]`).join(", ")} and 94 more`, 100],
    ["resource aws_s3_bucket.b", 1],
  ]);
});

test("values that are not the same for all are not shown as though they were", () => {
  const queues = ["a", "b", "c", "d"].map((name) =>
    change(name, {
      attributes: [
        { name: "name", before: name, after: "x" },
        { name: "fifo_queue", before: null, after: "true" },
      ],
    }),
  );
  expect(alike(queues)[0]?.attributes).toEqual([
    { name: "name", before: "(of each its own)", after: "x" },
    { name: "fifo_queue", before: null, after: "true" },
  ]);
});

test("resources and rulings that are alike are said once", () => {
  const row = (name: string, more: Partial<ResourceRow> = {}): ResourceRow => ({
    address: `aws_sqs_queue.${name}`,
    type: "aws_sqs_queue",
    action: "replace",
    forcedBy: ["name"],
    reason: null,
    createFirst: false,
    movedFrom: null,
    attributes: [],
    computed: 0,
    noise: null,
    ...more,
  });
  const rows = ["a", "b", "c", "d"].map((name) => row(name));
  const moved = ["e", "f", "g", "h"].map((name) => row(name, { movedFrom: `aws_sqs_queue.${name}${name}` }));
  expect(alikeRows([...rows, ...moved], resourceWhy)).toEqual([
    "± 4 aws_sqs_queue: a, b, c, d  forced by name",
    ...["e", "f", "g", "h"].map(
      (name) => `± aws_sqs_queue.${name}  moved: aws_sqs_queue.${name}${name} -> aws_sqs_queue.${name}; forced by name`,
    ),
  ]);
  const ruling = (what: string, accepted: string | null) => ({
    ...{ rule: "losesData", on: what, what, accepted, code: "" },
  });
  const rulings = ["a", "b", "c", "d"].map((what) => ruling(what, null));
  expect(alikeRulings([...rulings, ruling("e", "agreed")]).map(({ what }) => what)).toEqual([
    "4 changes: a, b, c, d",
    "e",
  ]);
});

test("no change is left out, and few stay as they are", () => {
  const changes = fc.array(fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("x", "y")), { maxLength: 30 });
  fc.assert(
    fc.property(changes, (list) => {
      const all = list.map(([why, effect], index) => change(String(index), { why: [why], effect: [effect] }));
      const told = alike(all);
      expect(countOf(told)).toBe(all.length);
      for (const { count } of told) expect(count === 1 || count >= 4).toBe(true);
      if (all.length < 4) expect(told.map(({ what }) => what).sort()).toEqual(all.map(({ what }) => what).sort());
    }),
  );
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { alike, countOf } from "../../preview/render/alike.js";
import type { Change } from "../../preview/schema.js";

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

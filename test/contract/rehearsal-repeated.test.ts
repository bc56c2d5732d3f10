import { expect, test } from "vitest";
import { outline, rehearsed } from "./rehearsal.js";
import { startSandboxProvider } from "./sandbox-provider.js";

type Fields = Readonly<Record<string, unknown>>;

/** A queue that there may be several of, as it is repeated, and what another one's name is taken from. */
type Queue = readonly [block: Fields, name: string];
const counted = (count: unknown): Fields => ({ count, name: "q-${count.index}" });
const each = (all: unknown): Fields => ({ for_each: all, name: "q-${each.key}-${each.value}" });

/** What there are several of, before and after: by number, by name, with and without. */
const cases: Readonly<Record<string, readonly [Queue, Queue]>> = {
  more: [
    [counted(2), "${aws_sqs_queue.more[0].name}"],
    [counted("3"), "${aws_sqs_queue.more[1].name}"],
  ],
  fewer: [
    [counted(2), "x"],
    [counted("${1}"), "x"],
  ],
  gets: [
    [{ name: "g" }, "${aws_sqs_queue.gets.name}"],
    [{ name: "g", count: 1 }, "${aws_sqs_queue.gets[0].name}"],
  ],
  loses: [
    [{ name: "l", count: 2 }, "${aws_sqs_queue.loses[0].arn}"],
    [{ name: "l" }, "${aws_sqs_queue.loses.arn}"],
  ],
  names: [
    [each('${toset(["a", "b"])}'), '${aws_sqs_queue.names["a"].name}'],
    [each('${toset(["c", "a"])}'), '${aws_sqs_queue.names["c"].name}'],
  ],
  values: [
    [each({ a: "x", b: "y" }), '${aws_sqs_queue.values["a"].name}'],
    [each({ a: "z", b: "y" }), '${aws_sqs_queue.values["a"].name}'],
  ],
  none: [
    [counted(1), "${aws_sqs_queue.none[0].name}"],
    [counted(0), "x"],
  ],
};

const program = (side: 0 | 1): string =>
  JSON.stringify({
    provider: { aws: [{ region: "eu-west-1" }] },
    resource: {
      aws_sqs_queue: Object.fromEntries(
        Object.entries(cases).flatMap(([id, sides]) => {
          const [block, name] = sides[side];
          return [
            [id, { ...block, tags: { case: id } }],
            [`of_${id}`, { name: `of-${id}-${name}` }],
          ];
        }),
      ),
    },
  });

test("what there are several of is rehearsed as the engine plans it", { timeout: 300_000 }, async () => {
  const sandbox = await startSandboxProvider();
  try {
    const [before, after] = [program(0), program(1)];
    const engine = await sandbox.plan(after, await sandbox.apply(before));
    expect(engine.actions).not.toEqual([]);
    expect(outline(rehearsed(before, after))).toEqual(outline(engine));
  } finally {
    await sandbox.close();
  }
});

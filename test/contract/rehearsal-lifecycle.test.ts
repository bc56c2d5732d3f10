import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "./plan.js";
import { outline, plannedUnplayed, refusals, rehearsed } from "./rehearsal.js";
import type { RunningProvider } from "./running-provider.js";
import { startSandboxProvider } from "./sandbox-provider.js";

type Fields = Readonly<Record<string, unknown>>;

const program = (queues: Fields, more: Fields = {}): string =>
  JSON.stringify({ provider: { aws: [{ region: "eu-west-1" }] }, resource: { aws_sqs_queue: queues }, ...more });
const guarded = { lifecycle: { prevent_destroy: true } };

let sandbox: RunningProvider;
beforeAll(async () => void (sandbox = await startSandboxProvider()));
afterAll(() => sandbox.close());

test(
  "what is forgotten, moved on and destroyed is rehearsed as the engine plans it",
  { timeout: 300_000 },
  async () => {
    const before = program({
      stays: { name: "stays" },
      kept: { name: "kept" },
      listed: { name: "listed" },
      many: { name: "many-${count.index}", count: 2 },
      ended: { name: "ended" },
      gone: { name: "gone", ...guarded },
      first: { name: "first" },
      old: { name: "old" },
    });
    const after = program(
      {
        stays: { name: "stays" },
        third: { name: "first" },
        fresh: { name: "fresh" },
        new: { name: "new", ...guarded },
      },
      {
        removed: [
          { from: "aws_sqs_queue.kept", lifecycle: { destroy: false } },
          { from: "aws_sqs_queue.listed", lifecycle: [{ destroy: false }] },
          { from: "aws_sqs_queue.many", lifecycle: { destroy: false } },
          { from: "aws_sqs_queue.ended", lifecycle: { destroy: true } },
        ],
        moved: [
          { from: "aws_sqs_queue.second", to: "aws_sqs_queue.third" },
          { from: "aws_sqs_queue.first", to: "aws_sqs_queue.second" },
        ],
      },
    );
    const engine = await sandbox.plan(after, await sandbox.apply(before));
    expect(outline(rehearsed(before, after))).toEqual(outline(engine));
    expect(engine.actions.filter(([, action]) => action === "forget")).toHaveLength(4);
  },
);

test("what is replaced with something else is rehearsed as the engine plans it", { timeout: 300_000 }, async () => {
  const by = (...triggers: string[]): Fields => ({ lifecycle: { replace_triggered_by: triggers } });
  const queues = (name: string, delay: number): Fields => ({
    replaced: { name: `r-${name}` },
    updated: { name: "u", delay_seconds: delay },
    stays: { name: "s" },
    several: { count: 2, name: "v-${count.index}", delay_seconds: delay },
    a: { name: "a", ...by("aws_sqs_queue.replaced") },
    b: { name: "b", ...by("aws_sqs_queue.updated") },
    c: { name: "c", ...by("aws_sqs_queue.stays") },
    d: { name: "d", ...by("aws_sqs_queue.updated.delay_seconds") },
    e: { name: "e", ...by("aws_sqs_queue.updated.name") },
    f: { name: "f", ...by("aws_sqs_queue.replaced.arn") },
    g: { name: "g", ...by("aws_sqs_queue.several") },
    h: { name: "h", ...by("aws_sqs_queue.several[1].name", "aws_sqs_queue.a.id") },
    i: { name: "i-${aws_sqs_queue.b.arn}" },
  });
  const [before, after] = [program(queues("x", 1)), program(queues("y", 2))];
  const engine = await sandbox.plan(after, await sandbox.apply(before));
  expect(outline(rehearsed(before, after))).toEqual(outline(engine));
  expect(engine.actions.filter(([, action]) => action === "replace").length).toBeGreaterThan(5);
});

test("what there are no rules for comes and goes as the engine plans it", { timeout: 300_000 }, async () => {
  const data = (blocks: Fields, more: Fields = {}): string =>
    JSON.stringify({ provider: { aws: [{ region: "eu-west-1" }] }, resource: { terraform_data: blocks }, ...more });
  const before = data({
    stays: { input: "a" },
    gone: { input: "a", ...guarded },
    kept: { input: "a" },
    was: { input: "a" },
    fewer: { input: "a", count: 3 },
    loses: { input: "a", count: 2 },
    gets: { input: "a" },
    names: { input: "a", for_each: { a: "x", b: "y" } },
  });
  const after = data(
    {
      stays: { input: "a" },
      fresh: { input: "a" },
      is: { input: "a" },
      fewer: { input: "a", count: 1 },
      loses: { input: "a" },
      gets: { input: "a", count: 2 },
      names: { input: "a", for_each: { b: "y", c: "z" } },
    },
    {
      removed: [{ from: "terraform_data.kept", lifecycle: { destroy: false } }],
      moved: [{ from: "terraform_data.was", to: "terraform_data.is" }],
    },
  );
  const actions = ({ changes }: Plan) => changes.map(({ address, actions: each }) => [address, ...each]);
  const engine = await sandbox.plan(after, await sandbox.apply(before));
  expect(actions(engine).length).toBeGreaterThan(8);
  expect(actions(plannedUnplayed(before, after))).toEqual(actions(engine));
});

describe("what the engine refuses is refused in its words", () => {
  test.each<[string, string, string, string]>([
    [
      "Instance cannot be destroyed",
      "a guarded one that would be replaced",
      program({ guarded1: { name: "a", ...guarded } }),
      program({ guarded1: { name: "b", ...guarded } }),
    ],
    [
      "Instance cannot be destroyed",
      "a guarded one of several",
      program({ guarded2: { name: "g-${count.index}", count: 2, ...guarded } }),
      program({ guarded2: { name: "g-${count.index}", count: 1, ...guarded } }),
    ],
    [
      "Removed resource still exists",
      "one that is removed and still there",
      program({ twice: { name: "twice" } }),
      program(
        { twice: { name: "twice" } },
        { removed: { from: "aws_sqs_queue.twice", lifecycle: { destroy: false } } },
      ),
    ],
  ])("%s: %s", { timeout: 300_000 }, async (words, _, before, after) => {
    const said = await sandbox.plan(after, await sandbox.apply(before)).then(
      () => "nothing",
      (error: Error) => error.message,
    );
    expect(said).toContain(words);
    const [refused, ...more] = refusals(before, after);
    expect(more).toEqual([]);
    expect(refused?.message).toContain(words);
    expect(said).toContain(refused?.address.replace(/\[.*/, ""));
    // Told once: what is refused is not told as an action as well.
    const flat = (text: string): string => text.replace(/[\s│╷╵]+/g, " ");
    expect(flat(said)).toContain(
      flat(refused?.message ?? "")
        .split(": ")
        .at(-1),
    );
  });
});

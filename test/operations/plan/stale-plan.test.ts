import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { programFacts, refuseStale, stateFacts } from "../../../operations/plan/stale-plan.js";
import { readPlanFile, writePlanFile } from "../../../operations/plan/plan-file.js";

const state = (serial: number, resources: Record<string, unknown>): string =>
  JSON.stringify({
    ...{ version: 4, serial, lineage: "a" },
    resources: Object.entries(resources).map(([address, attributes]) => {
      const [type, name] = address.split(".");
      return { mode: "managed", type, name, instances: [{ attributes }] };
    }),
  });
const root = (image: string): unknown => ({ "//": {}, resource: { aws_s3_object: { release: { content: image } } } });
const facts = (text: string, program: unknown) => ({
  ...{ id: "shop", sandbox: false, engine: { name: "terraform", version: "1.11.4" }, changes: true },
  ...{ state: stateFacts(text), program: programFacts(program) },
});

test("a plan whose ground has not moved is fresh", () => {
  const now = facts(state(3, { "aws_vpc.cluster": { id: "vpc-1" } }), root("web:1"));
  expect(() => refuseStale(now, now)).not.toThrow();
});

test("a stale plan is refused with what changed since", () => {
  const then = facts(state(3, { "aws_vpc.cluster": { id: "vpc-1" }, "aws_eip.a": {} }), root("web:1"));
  const now = facts(state(5, { "aws_vpc.cluster": { id: "vpc-2" }, "aws_lb.public": {} }), root("web:2"));
  expect(() => refuseStale(then, now)).toThrow(
    expect.objectContaining({
      code: "LF602",
      message: [
        "the reviewed plan of shop is stale; since it was made, this has changed:",
        "  the state: aws_eip.a is gone",
        "  the state: aws_lb.public is new",
        "  the state: aws_vpc.cluster changed",
        "  the program: aws_s3_object.release changed",
      ].join("\n"),
    }),
  );
});

test("a plan that was applied already is said to be, in one line; a long list is cut", () => {
  const made = Object.fromEntries(Array.from({ length: 110 }, (_, i) => [`aws_eip.e${i}`, { id: i }]));
  const then = { ...facts("", root("web:1")), touches: Object.keys(made) };
  const now = facts(state(9, made), root("web:1"));
  expect(() => refuseStale(then, now)).toThrow(
    expect.objectContaining({
      code: "LF602",
      message: expect.stringMatching(/^[^\n]*shop was applied already[^\n]*$/),
    }),
  );
  // Something else has changed, too, or not all of it.
  for (const touches of [Object.keys(made).slice(1), [...Object.keys(made), "aws_vpc.other"], undefined]) {
    const other = { ...then, ...(touches === undefined ? { touches: [] } : { touches }) };
    expect(() => refuseStale(other, now)).toThrow(/is stale[^]*and 90 more$/);
  }
});

test("a state without resources is fresh or another version", () => {
  const [none, later] = [facts("", {}), facts(state(2, {}), {})];
  expect(() => refuseStale(none, none)).not.toThrow();
  expect(() => refuseStale(none, later)).toThrow(/another version \(0, now 2\)/);
});

test("a file of plans comes back as it was written, and is its owner's alone", async () => {
  const dir = await mkdtemp(join(tmpdir(), "lightfleet-plan-"));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const file = join(dir, "shop.plan");
  const plans = [{ facts: facts("", root("web:1")), plan: new Uint8Array([80, 75, 3, 4]) }];
  await writePlanFile(file, plans);
  expect(await readPlanFile(file)).toEqual(plans);
  expect((await stat(file)).mode & 0o077).toBe(0);
  expect((await readFile(file)).includes("web:1")).toBe(false);
  await writeFile(file, "no plan");
  await expect(readPlanFile(file)).rejects.toMatchObject({ code: "LF603" });
});

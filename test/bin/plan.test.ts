import { expect, test } from "vitest";
import { headline, showPlan } from "../../bin/render/plan.js";
import type { PlannedChange, PlanSummary } from "../../operations/context.js";
import { recordingTerminal } from "./recording-terminal.js";

const change = (name: string, more: Partial<PlannedChange> = {}): PlannedChange => ({
  ...{ address: `aws_x.${name}`, type: "aws_x", name, action: "create" },
  ...{ forcedBy: [], createFirst: false, attributes: [], ...more },
});
const summary = (changes: readonly PlannedChange[], more: Partial<PlanSummary> = {}): PlanSummary => {
  const counts = { destroy: 0, replace: 0, forget: 0, update: 0, create: 0, move: 0 };
  for (const { action } of changes) counts[action]++;
  return { counts, changes, outputs: [], drift: [], ...more };
};
const show = (plan: PlanSummary, width = 80): string[] => {
  const terminal = recordingTerminal({ width });
  showPlan("shop", plan, terminal);
  return terminal.progressed;
};
const attribute = (path: string, before: unknown, after: unknown) => ({
  path,
  sensitive: false,
  unknown: false,
  before,
  after,
});

test("a plan leads with what may hurt, and says why", () => {
  const lines = show(
    summary([
      change("gone", { action: "destroy", reason: "no longer in the program" }),
      change("swap", {
        ...{ action: "replace", forcedBy: ["image"], reason: "cannot be changed in place", createFirst: true },
        attributes: [attribute("image", "a", "b"), { path: "id", sensitive: false, unknown: true, before: "i" }],
      }),
      change("edit", { action: "update", attributes: [{ path: "password", sensitive: true, unknown: false }] }),
      change("new"),
      change("here", { action: "move", movedFrom: "aws_x.there" }),
    ]),
  );
  expect(lines).toEqual([
    "shop: 1 to destroy, 1 to replace, 1 to change, 1 to create, 1 to rename",
    "  - destroy aws_x.gone  (no longer in the program)",
    "  ± replace aws_x.swap  (forced by image; the new one first)",
    '      image: "a" -> "b"',
    "      and id (known after apply)",
    "  ~ change  aws_x.edit",
    "      password: (sensitive)",
    "  + create  aws_x.new",
    "  > rename  aws_x.here  (was aws_x.there)",
  ]);
});

test("what is replaced because another one is has a line, and many have one by type", () => {
  const dragged = (name: string): PlannedChange =>
    change(name, {
      ...{ action: "replace", forcedBy: ["vpc_id"] },
      attributes: [{ path: "vpc_id", sensitive: false, unknown: true, before: "vpc-1" }],
    });
  const root = change("z", { action: "replace", forcedBy: ["cidr"], attributes: [attribute("cidr", "a", "b")] });
  expect(show(summary([dragged("a"), root])).slice(1)).toEqual([
    "  ± replace aws_x.z  (forced by cidr)",
    '      cidr: "a" -> "b"',
    "  ± replace aws_x.a  (forced by vpc_id)",
  ]);
  expect(show(summary([..."abcdefg"].map(dragged))).slice(1)).toEqual([
    "  ± replace   7 aws_x  a, b, c, d, e, f, g  (forced by vpc_id)",
  ]);
});

test("updates that say the same say it once, unless they say nothing", () => {
  const tagged = (name: string): PlannedChange =>
    change(name, { action: "update", attributes: [attribute("tags.team", "a", "b")] });
  expect(show(summary([..."abcd"].map(tagged))).slice(1)).toEqual([
    ...["  ~ change  4 alike", '      tags.team: "a" -> "b"', "      aws_x  a, b, c, d"],
  ]);
  expect(show(summary([..."abcd"].map((name) => change(name, { action: "update" }))))).toHaveLength(5);
});

test("lists and texts tell what comes and goes, bytes and hashes that they are others", () => {
  const attributes = [
    attribute("zones", ["a", "b"], ["b", "c"]),
    attribute("order", ["a", "b"], ["b", "a"]),
    attribute("file", "x = 1\ny = 2\n", "x = 1\ny = 3\n"),
    attribute("long", "a\nb\nc\nd\n", "e\nf\ng\nh\n"),
    attribute("program", "A".repeat(200), "B".repeat(204)),
    attribute("sha256", "a".repeat(64), "b".repeat(64)),
  ];
  expect(show(summary([change("a", { action: "update", attributes })])).slice(2)).toEqual([
    ...['      zones: - "a" + "c"', "      order: the same in another order"],
    ...["      file:", "        - y = 2", "        + y = 3", "      long: 4 lines out, 4 in"],
    ...["      program: (200 characters) -> (204 characters)", '      sha256: "aaaaaaaa…" -> "bbbbbbbb…"'],
  ]);
});

test("a group of VMs with another launch template says that its VMs are replaced", () => {
  const attributes = [{ path: "launch_template[0].version", sensitive: false, unknown: true, before: "1" }];
  const group = { type: "aws_autoscaling_group", address: "aws_autoscaling_group.core" };
  expect(
    show(summary([change("core", { ...group, action: "update", attributes, replacesVms: true })])).slice(1),
  ).toEqual([
    "  ~ change  aws_autoscaling_group.core  (its VMs are replaced in batches)",
    "      and launch_template (known after apply)",
  ]);
});

test("what differs inside of a document stands for the document", () => {
  const inside = [attribute("content.cart.image", "cart:1", "cart:2")];
  const lines = show(
    summary([change("b", { action: "update", attributes: [{ ...attribute("content", "{}", "[]"), inside }] })]),
  );
  expect(lines).toContain('      content.cart.image: "cart:1" -> "cart:2"');
});

test("many creations are shown by type", () => {
  const many = Array.from({ length: 30 }, (_, i) => change(`n${i}`));
  const [, ...lines] = show(summary([...many, change("other", { type: "aws_a", address: "aws_a.other" })]));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toBe("  + create   1 aws_a  other");
  expect(lines[1]).toMatch(/^ {2}\+ create {2}30 aws_x {2}n0, n1, .*…$/);
});

test("long values keep to the width, on lines of their own, from where they part", () => {
  const value = (end: string): string => `arn:aws:iam::123456789012:role/a-role-with-a-long-name-${end}`;
  const lines = show(
    summary([
      change("a", {
        action: "update",
        attributes: [attribute("role.of.the.instance.profile", value("1"), value("2"))],
      }),
    ]),
  );
  expect(lines.slice(2)).toEqual(['      role.of.the.instance.profile: "…ng-name-1" -> "…ng-name-2"']);
  const narrow = show(
    summary([
      change("a", { action: "update", attributes: [attribute("role.of.the.instance.profile", "x".repeat(90), null)] }),
    ]),
    60,
  );
  expect(narrow[2]).toBe("      role.of.the.instance.profile:");
  expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(60);
});

test("more attributes than can be read are counted", () => {
  const attributes = Array.from({ length: 11 }, (_, i) => attribute(`a${i}`, 1, 2));
  expect(show(summary([change("a", { action: "update", attributes })])).at(-1)).toBe("      and 3 more");
});

test("nothing, outputs alone, and drift have their words", () => {
  expect(headline(summary([]))).toBe("nothing to change");
  expect(show(summary([], { outputs: ["url"], drift: ["aws_x.a"] }))).toEqual([
    "shop: 1 output to change",
    "  outputs change: url",
    "  changed outside of the program:",
    "    aws_x.a",
  ]);
});

import { expect, test } from "vitest";
import type { PolicyModel } from "../../model/policy.js";
import { RULING_CODE, idleAcceptances, rule, type Acceptance } from "../../preview/policy.js";
import { renderHtml } from "../../preview/render/html.js";
import { renderMarkdown } from "../../preview/render/markdown.js";
import { renderText } from "../../preview/render/text.js";
import type { Change, ChangeList } from "../../preview/schema.js";
import { listOf, write } from "./lists.js";

const change = (id: string, ...marks: readonly string[]): Change => ({
  ...{ id, what: id.replace(":", " "), kind: "resource", action: "replace", weight: "danger", stateful: true },
  ...{ attributes: [], why: [], effect: [], interrupts: [], marks: [...marks] },
});
const changes = [
  change("resource:aws_db_instance.ledger", "replaces", "data-loss"),
  change("resource:aws_db_instance.orders", "replaces", "data-loss"),
  change("route:public/orders", "opens-public"),
  change("edge:api/rates.example.com:443", "opens-edge", "opens-outside"),
  change("edge:api/rates2.example.com:443", "opens-edge", "opens-outside"),
];
const policy: PolicyModel = {
  block: [
    { rule: "losesData", of: "any" },
    { rule: "replaces", of: "stateful" },
    { rule: "opensEdge", of: "public" },
    { rule: "opensEdge", of: "outside" },
  ],
  accept: [],
};
const scope = ["infra", "shop"];
const rulings = (...accepted: readonly Acceptance[]) => rule(changes, [policy], accepted, scope);
const passed = (...accepted: readonly Acceptance[]) =>
  rulings(...accepted)
    .filter((ruling) => ruling.accepted !== null)
    .map((ruling) => `${ruling.rule} ${ruling.on}`);

test("one named thing passes, of whatever kind it is, and nothing that is called alike", () => {
  const reason = "ok";
  expect(passed({ rule: "losesData", on: "aws_db_instance.ledger", reason })).toEqual([
    'losesData("any") resource:aws_db_instance.ledger',
  ]);
  expect(passed({ rule: 'opensEdge("public")', on: "public/orders", reason })).toEqual([
    'opensEdge("public") route:public/orders',
  ]);
  expect(passed({ rule: "opensEdge", on: "edge:api/rates2.example.com:443", reason })).toEqual([
    'opensEdge("outside") edge:api/rates2.example.com:443',
  ]);
  expect(passed({ rule: "opensEdge", on: "443", reason })).toEqual([]);
  expect(passed({ rule: 'losesData("stateful")', reason })).toEqual([]);
});

test("the short name of a ruling lets that one pass, in that cluster of that project, and no other", () => {
  const codes = rulings().map(({ code }) => code);
  expect(codes.every((code) => RULING_CODE.test(code) && `lightfleet accept ${code}`.length <= 50)).toBe(true);
  expect(new Set(codes).size).toBe(codes.length);
  for (const { code, rule: name, on } of rulings())
    expect(passed({ rule: code, reason: "ok" })).toEqual([`${name} ${on}`]);
  const elsewhere = [
    ["infra", "other"],
    ["", "shop"],
  ].flatMap((other) => rule(changes, [policy], [], other));
  expect(elsewhere.filter(({ code }) => codes.includes(code))).toEqual([]);
  expect(rulings().map(({ code }) => code)).toEqual(codes);
});

test("what was let pass and does not happen is found, by name and by short name", () => {
  const reason = "ok";
  const [first] = rulings();
  const idle = [
    { rule: "losesData", on: "aws_db_instance.other", reason },
    { rule: "0123456789ab", reason },
    { rule: "destroys", reason },
  ];
  expect(idleAcceptances([{ rule: first!.code, reason }, ...idle, { rule: "replaces", reason }], rulings())).toEqual(
    idle.map(({ on = null, ...rest }) => ({ ...rest, on })),
  );
});

const base = write();
const larger = write((shop) => (shop.fleets["core"]!.machine = "m7i.xlarge"));
const block = [{ rule: "replaces", of: "fleet" }] as const;
const shown = (list: ChangeList): string[] => [
  renderText(list),
  renderMarkdown(list).replaceAll(/&#(\d+);/g, (_, sign: string) => String.fromCharCode(Number(sign))),
  renderHtml(list)
    .replaceAll("<wbr>", "")
    .replaceAll(/&#(\d+);/g, (_, sign: string) => String.fromCharCode(Number(sign))),
];

test("what blocks is told with the very label that lets it pass, and that label does", () => {
  const blocked = listOf(base, larger, { policies: [{ block, accept: [] }] });
  const { code } = blocked.clusters[0]!.policy[0]!;
  expect(blocked).toMatchObject({ verdict: "blocked", idle: [] });
  for (const text of shown(blocked)) {
    expect(text).toContain(`lightfleet accept ${code}`);
    expect(text).toContain(`--accept '${code}=REASON'`);
  }
  const accepted = [{ rule: code, reason: "agreed" }];
  const passes = listOf(base, larger, { policies: [{ block, accept: [] }], accepted });
  expect(passes).toMatchObject({ clusters: [{ policy: [{ accepted: "agreed" }] }], idle: [] });
  expect(passes.verdict).not.toBe("blocked");
  for (const text of shown(passes)) expect(text).not.toContain(code);
});

test("an acceptance of the program that nothing is like is told, and fails nothing", () => {
  const accept = [{ rule: 'replaces("fleet")', on: "edge", reason: "moved in spring" }];
  const list = listOf(base, base, { policies: [{ block, accept }] });
  expect(list).toMatchObject({ verdict: "unchanged", idle: accept });
  for (const text of shown(list))
    expect(text).toMatch(/unused acceptance: .*replaces.*fleet.* on edge .*moved in spring/);
});

test("where neither side can be read, head is not said to be new", () => {
  const list = listOf(base, base);
  const failed = { ...list.base, state: "failed" as const, notes: ["LF053 it does not parse"] };
  for (const text of shown({ ...list, base: failed }))
    expect(text).toContain("base cannot be synthesized: head is shown as new");
  for (const text of shown({ ...list, base: failed, head: failed, clusters: [] })) {
    expect(text).toContain("base cannot be synthesized");
    expect(text).not.toContain("shown as new");
  }
});

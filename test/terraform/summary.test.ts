import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { changedAttributes, formatPath } from "../../terraform/attributes.js";
import { readJson } from "../../terraform/json.js";
import { planSchema } from "../../terraform/plan-schema.js";
import { ACTIONS, summarize } from "../../terraform/summary.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";

const planOf = (...changes: object[]) =>
  readJson(planSchema, JSON.stringify({ format_version: "1.2", resource_changes: changes }), "show");
const entry = (name: string, actions: string[], more: object = {}, change: object = {}) => ({
  ...{ address: `aws_x.${name}`, type: "aws_x", name, mode: "managed", ...more },
  change: { actions, before: {}, after: {}, after_unknown: {}, ...change },
});

test("what may hurt comes first; what stays or is only read is left out", () => {
  const summary = summarize(
    planOf(
      entry("new", ["create"]),
      entry("b", ["update"]),
      entry("a", ["update"]),
      entry("swap", ["create", "delete"], {}, { replace_paths: [["image", 0, "id"], ["name"], ["name"]] }),
      entry("same", ["no-op"]),
      entry("moved", ["no-op"], { previous_address: "aws_x.before" }),
      entry("seen", ["read"], { mode: "data" }),
      entry("gone", ["delete"], { action_reason: "delete_because_no_resource_config" }),
      entry("left", ["forget"]),
    ),
    awsClassifier,
  );
  expect(summary.changes.map(({ action, name }) => `${action} ${name}`)).toEqual([
    ...["destroy gone", "replace swap", "forget left", "update a", "update b", "create new", "move moved"],
  ]);
  expect(summary.counts).toEqual({ destroy: 1, replace: 1, forget: 1, update: 2, create: 1, move: 1 });
  expect(summary.changes[1]).toMatchObject({ forcedBy: ["image[0].id", "name"], createFirst: true });
  expect(summary.changes[0]).toMatchObject({ reason: "no longer in the program" });
});

test("an unknown reason is shown as it is", () => {
  const [change] = summarize(
    planOf(entry("a", ["delete"], { action_reason: "delete_because_of_rain" })),
    awsClassifier,
  ).changes;
  expect(change).toMatchObject({ reason: "delete because of rain" });
});

test("a path is the name of a file, and not of a health check", () => {
  const check = (path: string) => ({ health_check: [{ path, interval: 10 }] });
  expect(attributesOf(check("/healthz"), check("/healthz/x"))).toEqual(["health_check[0].path"]);
  const files = (...paths: string[]) => ({ files: paths.map((path) => ({ path, content: path })) });
  expect(attributesOf(files("/a", "/b"), files("/b", "/c"))).toEqual(['files["/a"]', 'files["/c"]']);
});

test("drift and changed outputs are named", () => {
  const plan = readJson(
    planSchema,
    JSON.stringify({
      format_version: "1.2",
      resource_drift: [entry("d", ["update"])],
      output_changes: { z: { actions: ["create"] }, a: { actions: ["update"] }, same: { actions: ["no-op"] } },
    }),
    "show",
  );
  expect(summarize(plan, awsClassifier)).toMatchObject({ drift: ["aws_x.d"], outputs: ["a", "z"], changes: [] });
});

const attributesOf = (before: object, after: object, more: object = {}) =>
  changedAttributes({ actions: ["update"], before, after, ...more }).map(({ path }) => path);

test("entries of a list are told by their names, where they have some", () => {
  const tag = (key: string, value = "x") => ({ key, value });
  expect(attributesOf({ tag: [tag("a"), tag("c")] }, { tag: [tag("b"), tag("c", "y")] })).toEqual([
    ...["tag.a", "tag.b", "tag.c.value"],
  ]);
  expect(attributesOf({ tag: [tag("a"), tag("a", "z")] }, { tag: [tag("a")] })).toEqual(["tag"]);
});

test("tags_all does not repeat what tags say, nor tell what is a secret there", () => {
  const [before, after] = [
    { tags: { a: "1" }, tags_all: { a: "1" } },
    { tags: { a: "2" }, tags_all: { a: "2", b: "3" } },
  ];
  expect(attributesOf(before, after)).toEqual(["tags.a", "tags_all.b"]);
  expect(attributesOf(before, after, { after_sensitive: { tags: true } })).toEqual(["tags"]);
  expect(attributesOf({ tags_all: { a: "1" } }, { tags_all: { a: "2" } })).toEqual(["tags_all.a"]);
});

test("boot data is compared inside", () => {
  const boot = (content: string): string =>
    gzipSync(`#cloud-config\n${JSON.stringify({ write_files: [{ path: "/etc/x", content }] })}`).toString("base64");
  const [change] = changedAttributes({
    actions: ["update"],
    before: { user_data: boot("1") },
    after: { user_data: boot("2") },
  });
  expect(change?.inside).toMatchObject([{ path: 'user_data.write_files["/etc/x"].content', before: "1", after: "2" }]);
});

test("a plan in another format is refused", () => {
  expect(() => readJson(planSchema, '{"format_version":"2.0"}', "show -json")).toThrow(
    expect.objectContaining({ code: "LF072" }),
  );
  expect(() => readJson(planSchema, "Error: x", "show -json")).toThrow(expect.objectContaining({ code: "LF072" }));
});

test("attributes are compared to their leaves, lists of another length as a whole", () => {
  const before = { name: "a", tags: { x: "1", y: "2" }, ports: [1, 2], rules: [{ to: 1 }, { to: 2 }], gone: null };
  const after = { name: "a", tags: { x: "1", y: "3" }, ports: [1], rules: [{ to: 1 }, { to: 3 }] };
  expect(
    changedAttributes({ actions: ["update"], before, after, after_unknown: { id: true, rules: [{}, {}] } }),
  ).toEqual([
    { path: "id", sensitive: false, unknown: true, before: null },
    { path: "ports", sensitive: false, unknown: false, before: [1, 2], after: [1] },
    { path: "rules[1].to", sensitive: false, unknown: false, before: 2, after: 3 },
    { path: "tags.y", sensitive: false, unknown: false, before: "2", after: "3" },
  ]);
});

test("an empty text in place of null is no change, and a tag with an empty text is one", () => {
  const before = { path: null, preferences: [{ delay: "", warmup: null }], tags: {} };
  const after = { path: "", preferences: [{ delay: null, warmup: "" }], tags: { x: "" } };
  expect(changedAttributes({ actions: ["update"], before, after })).toEqual([
    { path: "tags.x", sensitive: false, unknown: false, before: null, after: "" },
  ]);
});

test("a path reads as in the language", () => {
  expect(formatPath(["ingress", 0, "cidr_blocks", 1])).toBe("ingress[0].cidr_blocks[1]");
  expect(formatPath(["tags", "kubernetes.io/x"])).toBe('tags["kubernetes.io/x"]');
});

/** JSON trees whose leaves are all the same secret. */
const secretTree = fc.letrec((tie) => ({
  tree: fc.oneof(
    { depthSize: "small" },
    fc.integer().map((n) => `SECRET-${n}`),
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("tree"), { maxKeys: 3 }),
  ),
})).tree;

/** Marks every leaf of a tree, as an engine does, or the whole of it. */
function mark(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.length === 0 ? true : tree.map(mark);
  if (typeof tree !== "object" || tree === null) return true;
  const entries = Object.entries(tree);
  return entries.length === 0 ? true : Object.fromEntries(entries.map(([key, value]) => [key, mark(value)]));
}

test("no sensitive value gets into a summary, whatever the shape", () => {
  fc.assert(
    fc.property(secretTree, secretTree, fc.boolean(), (before, after, whole) => {
      const marks = (tree: unknown): unknown => (whole ? true : mark(tree));
      const change = { before: { v: before }, after: { v: after }, after_unknown: {} };
      const sensitive = { before_sensitive: { v: marks(before) }, after_sensitive: { v: marks(after) } };
      const text = JSON.stringify(
        summarize(planOf(entry("a", ["update"], {}, { ...change, ...sensitive })), awsClassifier),
      );
      expect(text).not.toContain("SECRET");
    }),
  );
});

test("every change is counted once, and the order is that of the actions", () => {
  const actions = fc.constantFrom<string[]>(
    ["create"],
    ["update"],
    ["delete"],
    ["delete", "create"],
    ["create", "delete"],
    ["no-op"],
  );
  fc.assert(
    fc.property(fc.array(actions), (list) => {
      const summary = summarize(planOf(...list.map((action, index) => entry(`r${index}`, action))), awsClassifier);
      const order = summary.changes.map((change) => ACTIONS.indexOf(change.action));
      expect(order).toEqual([...order].sort((a, b) => a - b));
      const total = Object.values(summary.counts).reduce((sum, count) => sum + count, 0);
      expect(total).toBe(list.filter((action) => action[0] !== "no-op").length);
    }),
  );
});

test("a JSON document in an attribute is compared inside", () => {
  const text = (image: string): string => JSON.stringify({ services: { cart: { image, ports: [80] } } });
  const change = { actions: ["update"], before: { content: text("a:1") }, after: { content: text("a:2") } };
  expect(changedAttributes(change)).toMatchObject([
    { path: "content", inside: [{ path: "content.services.cart.image", before: "a:1", after: "a:2" }] },
  ]);
  const reordered = { actions: ["update"], before: { content: '{"a":1,"b":2}' }, after: { content: '{"b":2,"a":1}' } };
  expect(changedAttributes(reordered)[0]).not.toHaveProperty("inside");
  const secret = { ...change, before_sensitive: { content: true } };
  expect(JSON.stringify(changedAttributes(secret))).not.toContain("a:2");
});

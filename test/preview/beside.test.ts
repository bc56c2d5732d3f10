import { Token } from "cdktf";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../preview/render/markdown.js";
import { renderText } from "../../preview/render/text.js";
import type { ChangeList } from "../../preview/schema.js";
import { KEEPER_TYPES } from "../../stacks/aws/plan/stateful-types.js";
import type { ShopSketch } from "../program/shop.js";
import { blocking, compared, smallShop, type Raw } from "./beside.js";

const one = (type: string, block: object): Raw => ({ resource: { [type]: { one: block } } });
const changeOf = (list: ChangeList, address: string) =>
  list.clusters[0]?.changes.find(({ id }) => id === `resource:${address}`);
const all = blocking(
  { rule: "losesData", of: "any" },
  { rule: "destroys", of: "stateful" },
  { rule: "destroys", of: "any" },
  { rule: "replaces", of: "stateful" },
);
const alone = { ...all, make: smallShop };
const rulesAgainst = (list: ChangeList): string[] => list.clusters[0]?.policy.map(({ rule }) => rule) ?? [];

describe.each(KEEPER_TYPES)("%s keeps data", (type) => {
  const address = `${type}.one`;

  test("to take it out of the program is to lose it", () => {
    const list = compared(one(type, { name: "a" }), {}, alone);
    expect(changeOf(list, address)).toMatchObject({ action: "remove", weight: "danger", stateful: true });
    expect(changeOf(list, address)?.effect[0]).toMatch(/^DATA LOSS: /);
    expect(list.clusters[0]?.infrastructure.counts.destroy).toBe(1);
    expect(rulesAgainst(list)).toEqual(['destroys("any")', 'destroys("stateful")', 'losesData("any")']);
    expect(list.verdict).toBe("blocked");
  });

  test("unless it is only forgotten", () => {
    const removed = [{ from: address, lifecycle: { destroy: false } }];
    const list = compared(one(type, { name: "a" }), { removed }, alone);
    expect(changeOf(list, address)).toMatchObject({ action: "change", weight: "warning", stateful: true });
    expect(list.clusters[0]?.infrastructure.counts).toMatchObject({ destroy: 0, forget: 1 });
    expect(rulesAgainst(list)).toEqual([]);
  });

  test("a new one is made", () => {
    const list = compared({}, one(type, { name: "a", tags: { team: "x" } }), alone);
    const { refused, counts, resources } = list.clusters[0]!.infrastructure;
    if (refused.length > 0) return;
    expect(counts).toMatchObject({ create: 1, destroy: 0 });
    expect(resources[0]?.attributes.length).toBeGreaterThan(0);
    expect(list.verdict).toBe("changes");
  });
});

test("what changes of one that there are no rules for may lose its data, and says so", () => {
  const table = (more: object): Raw => one("aws_dynamodb_table", { name: "t", hash_key: "id", ...more });
  const list = compared(table({}), table({ hash_key: "key", tags: { a: "b" } }), all);
  expect(changeOf(list, "aws_dynamodb_table.one")).toMatchObject({
    action: "change",
    weight: "danger",
    why: ["hash_key, tags changed"],
    effect: ["a table may be replaced, and what it keeps lost: that is not known offline"],
  });
  expect(rulesAgainst(list)).toEqual(['losesData("any")', 'replaces("stateful")']);
  expect(list.clusters[0]?.reasons.join()).not.toContain("what becomes of");

  const tagged = compared(table({}), table({ tags: { a: "b" } }), all);
  expect(changeOf(tagged, "aws_dynamodb_table.one")).toBeUndefined();
  expect(tagged.verdict).toBe("attention");

  const guarded = { lifecycle: { prevent_destroy: true } };
  const kept = compared(table(guarded), table({ hash_key: "key", ...guarded }), all);
  expect(changeOf(kept, "aws_dynamodb_table.one")).toMatchObject({ weight: "warning" });
  expect(rulesAgainst(kept)).toEqual([]);
});

test("what is replaced with something else is told, with rules and without", () => {
  const by = { lifecycle: { replace_triggered_by: ["aws_ssm_parameter.p"] } };
  const raw = (value: string): Raw => ({
    resource: {
      aws_ssm_parameter: { p: { name: "/p", type: "String", value } },
      aws_sqs_queue: { one: { name: "q", ...by } },
      aws_dynamodb_table: { one: { name: "t", ...by } },
    },
  });
  const list = compared(raw("a"), raw("b"), all);
  expect(changeOf(list, "aws_sqs_queue.one")).toMatchObject({
    action: "replace",
    why: ["something that it depends on is replaced"],
  });
  expect(changeOf(list, "aws_dynamodb_table.one")).toMatchObject({ why: ["replace_triggered_by changed"] });
  expect(compared(raw("a"), raw("a"), all).verdict).toBe("unchanged");
});

test("each of several is told, also where there are no rules", () => {
  const tables = (count: number): Raw => one("aws_dynamodb_table", { count, name: "t-${count.index}" });
  expect(compared(tables(3), tables(1), all).clusters[0]?.changes.map(({ id }) => id)).toEqual([
    "resource:aws_dynamodb_table.one[1]",
    "resource:aws_dynamodb_table.one[2]",
  ]);
  expect(compared(tables(1), tables(2)).clusters[0]?.infrastructure.counts).toMatchObject({ create: 1 });
  expect(compared(tables(2), tables(2)).verdict).toBe("unchanged");
});

test("what differs by way of a local differs", () => {
  const table = (name: string): Raw => ({
    ...one("aws_ecr_repository", { name: "${var.name}" }),
    variable: { name: { default: name } },
  });
  expect(compared(table("a"), table("a")).verdict).toBe("unchanged");
  expect(compared(table("a"), table("b")).clusters[0]?.infrastructure.notPlayed).toMatchObject([
    { written: "changed", differs: ["name"] },
  ]);
});

const database = (more: object = {}): object => ({
  identifier: "shop",
  engine: "postgres",
  engine_version: "16.3",
  instance_class: "db.t4g.small",
  allocated_storage: 20,
  username: "shop",
  password: "hunter2",
  skip_final_snapshot: true,
  ...more,
});

describe("what holds data and changes in place", () => {
  const list = compared(
    one("aws_db_instance", database()),
    one("aws_db_instance", database({ instance_class: "db.m7g.large", password: "hunter3" })),
  );

  test("is a change of its own", () => {
    expect(changeOf(list, "aws_db_instance.one")).toMatchObject({
      action: "change",
      weight: "warning",
      attributes: [
        { name: "instance_class", before: "db.t4g.small", after: "db.m7g.large" },
        { name: "password", before: "set", after: "changed" },
      ],
      marks: ["stateful", "downtime"],
    });
    expect(list.verdict).toBe("attention");
  });

  test("shows no secret in any format", () => {
    expect(JSON.stringify(list) + renderText(list) + renderMarkdown(list)).not.toMatch(/hunter/);
  });

  test("is nothing where only tags differ", () => {
    const [was, now] = ["a", "b"].map((team) => one("aws_db_instance", database({ tags: { team } })));
    expect(compared(was!, now!).clusters[0]?.changes).toEqual([]);
  });

  test("is sensitive where a variable is", () => {
    const secret = (value: string): Raw => ({
      ...one("aws_db_instance", database({ identifier: "${local.it}" })),
      locals: { it: "${var.it}" },
      variable: { it: { default: value, sensitive: true } },
    });
    const hidden = compared(secret("hunter4"), secret("hunter5"));
    expect(hidden.verdict).toBe("attention");
    expect(JSON.stringify(hidden)).not.toMatch(/hunter/);
  });
});

describe("what opens to everybody beside the system", () => {
  const rule = (cidr: string): object => ({
    security_group_id: "sg-1",
    cidr_ipv4: cidr,
    from_port: 22,
    to_port: 22,
    ip_protocol: "tcp",
  });
  const group = (cidr: string): object => ({
    name: "g",
    ingress: [{ from_port: 22, to_port: 22, protocol: "tcp", cidr_blocks: [cidr], ipv6_cidr_blocks: [] }],
  });
  const flat = (cidr: string): object => ({ ...rule(cidr), type: "ingress", protocol: "tcp", cidr_blocks: [cidr] });
  const policy = blocking({ rule: "opensEdge", of: "public" });

  test.each<[string, object | undefined, object]>([
    ["aws_vpc_security_group_ingress_rule", undefined, rule("0.0.0.0/0")],
    ["aws_vpc_security_group_ingress_rule", rule("10.0.0.0/8"), rule("0.0.0.0/0")],
    ["aws_security_group", group("10.0.0.0/8"), group("0.0.0.0/0")],
    ["aws_security_group", undefined, group("0.0.0.0/0")],
    ["aws_security_group_rule", undefined, flat("0.0.0.0/0")],
    ["aws_security_group_rule", flat("10.0.0.0/8"), flat("0.0.0.0/0")],
    ["aws_db_instance", database(), database({ publicly_accessible: true })],
    ["aws_redshift_cluster", { cluster_identifier: "a" }, { cluster_identifier: "a", publicly_accessible: true }],
  ])("%s", (type, before, after) => {
    const list = compared(before === undefined ? {} : one(type, before), one(type, after), policy);
    const change = changeOf(list, `${type}.one`);
    expect(change?.marks).toContain("opens-public");
    expect(change?.effect.join()).toContain("open to everybody");
    expect(list.verdict).toBe("blocked");
    const same = compared(one(type, after), one(type, after), policy);
    expect(same.verdict).toBe("unchanged");
  });

  test("what gateways open is told of them alone", () => {
    const list = compared({}, {}, { ...policy, make: (shop, side) => void (side === "base" && (shop.gateways = {})) });
    expect(list.clusters[0]?.changes.filter(({ kind }) => kind === "resource")).toEqual([]);
  });
});

test("what is made is told with its arguments", () => {
  const list = compared({}, one("aws_sqs_queue", { name: "jobs", delay_seconds: 5, kms_master_key_id: "k" }));
  const [row] = list.clusters[0]!.infrastructure.resources;
  expect(row?.attributes).toContainEqual({ name: "delay_seconds", before: null, after: "5" });
  expect(row?.attributes).toContainEqual({ name: "kms_master_key_id", before: null, after: "set" });
  expect(renderText(list)).toMatch(/\+ aws_sqs_queue\.one {2}delay_seconds, kms_master_key_id, .*name/);
});

describe("what is moved", () => {
  const expression = (text: string): string => Token.asString({ resolve: () => text });
  const used = (shop: ShopSketch, side: "base" | "head"): void => {
    const name = side === "base" ? "was" : "is";
    shop.services["cartservice"]!.env = {
      DB: expression(`\${aws_db_instance.${name}.address}`),
      T: expression(`\${aws_dynamodb_table.${name}.name}`),
    };
  };
  const blocks = (name: string): Raw => ({
    resource: { aws_db_instance: { [name]: database() }, aws_dynamodb_table: { [name]: { name: "t" } } },
  });
  const moved = ["aws_db_instance", "aws_dynamodb_table"].map((type) => ({ from: `${type}.was`, to: `${type}.is` }));

  test("is told from where to where, and restarts nothing that refers to it", () => {
    const list = compared(blocks("was"), { ...blocks("is"), moved }, { make: used });
    expect(list.clusters[0]?.changes).toEqual([]);
    expect(list.clusters[0]?.infrastructure.counts).toMatchObject({ move: 2, destroy: 0, create: 0 });
    expect(list.clusters[0]?.infrastructure.resources.every(({ noise }) => noise === null)).toBe(true);
    for (const text of [renderText(list), renderMarkdown(list).replaceAll("&#95;", "_")]) {
      expect(text).toContain("> aws_db_instance.is  moved: aws_db_instance.was -> aws_db_instance.is");
      expect(text).toContain("> aws_dynamodb_table.is  moved: aws_dynamodb_table.was -> aws_dynamodb_table.is");
    }
    expect(list.verdict).toBe("changes");
  });

  test("without the block it is another one, and what refers to it restarts", () => {
    const list = compared(blocks("was"), blocks("is"), { make: used });
    expect(list.clusters[0]?.changes).toContainEqual(
      expect.objectContaining({ id: "service:cartservice", action: "roll" }),
    );
    expect(changeOf(list, "aws_db_instance.was")).toMatchObject({ interrupts: ["cartservice"] });
    expect(changeOf(list, "aws_db_instance.was")?.effect).toContain("used by cartservice");
    expect(changeOf(list, "aws_dynamodb_table.was")?.effect).toContain("used by cartservice");
  });
});

test("what guards itself is refused in the engine's words, and not told as replaced", () => {
  const queue = (name: string): Raw => one("aws_sqs_queue", { name, lifecycle: { prevent_destroy: true } });
  const list = compared(queue("a"), queue("b"));
  expect(list).toMatchObject({ verdict: "blocked", clusters: [{ changes: [] }] });
  expect(list.clusters[0]?.infrastructure.counts.replace).toBe(0);
  expect(list.clusters[0]?.infrastructure.refused[0]?.message).toContain("Instance cannot be destroyed");
});

describe("where the state is kept", () => {
  const state = (backend: object): Raw => ({ terraform: { backend } });
  const local = { local: { path: "../../../terraform.shop.tfstate" } };
  const s3 = (bucket: string): object => ({ s3: { bucket, key: "shop/terraform.tfstate", region: "eu-west-1" } });

  test.each<[object, object, string]>([
    [local, s3("acme"), "lightfleet bootstrap"],
    [s3("acme"), s3("other"), "lightfleet bootstrap"],
    [s3("acme"), local, "init -migrate-state"],
  ])("%j to %j", (from, to, how) => {
    const list = compared(state(from), state(to));
    const [change] = list.clusters[0]?.changes ?? [];
    expect(change).toMatchObject({ kind: "cluster", what: "cluster shop", weight: "danger" });
    expect(change?.effect[0]).toContain(how);
    expect(list.verdict).toBe("attention");
  });

  test("is nothing where it is the same place, in another checkout", () => {
    const file = (folder: string): object => ({ local: { path: `${folder}/terraform.shop.tfstate` } });
    expect(compared(state(file("/a")), state(file("/b"))).verdict).toBe("unchanged");
    expect(compared(state(s3("acme")), state(s3("acme"))).verdict).toBe("unchanged");
  });
});

test("an argument that the program writes is told, also where its value is known after the apply alone", () => {
  const guarded = (description: string): Raw => ({
    resource: {
      aws_security_group: { db: { name: "db", description, vpc_id: "${aws_vpc.cluster.id}" } },
      aws_db_instance: { one: database({ vpc_security_group_ids: ["${aws_security_group.db.id}"] }) },
    },
  });
  const list = compared(guarded("a"), guarded("b"));
  const row = list.clusters[0]?.infrastructure.resources.find(({ address }) => address === "aws_db_instance.one");
  expect(row).toMatchObject({
    action: "update",
    noise: null,
    attributes: [{ name: "vpc_security_group_ids", after: "(known after apply)" }],
  });
  expect(changeOf(list, "aws_db_instance.one")).toMatchObject({ why: ["vpc_security_group_ids changed"] });
});

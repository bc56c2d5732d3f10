import { describe, expect, test } from "vitest";
import { blocking, compared, type Raw } from "./beside.js";

const one = (type: string, block: object, more: object = {}): Raw => ({
  resource: { [type]: { one: block } },
  ...more,
});
const changesOf = (list: ReturnType<typeof compared>) => list.clusters[0]!.changes;

describe("'prevent_destroy' that goes", () => {
  const guard = { lifecycle: { prevent_destroy: true } };
  const gone = "'prevent_destroy' is gone: the next change may destroy it";

  test.each<[string, object]>([
    ["aws_sqs_queue", { name: "q" }],
    ["aws_dynamodb_table", { name: "t", hash_key: "id" }],
  ])("from %s is told", (type, block) => {
    const list = compared(one(type, { ...block, ...guard }), one(type, block));
    expect(changesOf(list)).toMatchObject([
      { id: `resource:${type}.one`, action: "change", weight: "warning", effect: [gone], marks: ["stateful"] },
    ]);
    expect(list.verdict).toBe("attention");
    expect(compared(one(type, block), one(type, { ...block, ...guard })).verdict).toBe("unchanged");
  });

  test("is told beside what else becomes of it", () => {
    const list = compared(one("aws_sqs_queue", { name: "q", ...guard }), one("aws_sqs_queue", { name: "r" }));
    expect(changesOf(list)).toMatchObject([
      { action: "replace", weight: "danger", effect: [gone, expect.stringMatching(/^DATA LOSS/)] },
    ]);
  });
});

describe("a provider of another place", () => {
  const providers = (region: string): unknown => [{ region: "eu-west-1" }, { alias: "us", region }];
  const at = (type: string, block: object, region: string, alias?: string): Raw =>
    one(type, { ...block, ...(alias !== undefined && { provider: alias }) }, { provider: { aws: providers(region) } });
  const policy = blocking({ rule: "losesData", of: "any" }, { rule: "replaces", of: "stateful" });

  test.each<[string, object, string]>([
    ["aws_sqs_queue", { name: "q" }, "a queue"],
    ["aws_dynamodb_table", { name: "t", hash_key: "id" }, "a table"],
  ])("leaves %s behind, and has an empty one", (type, block, what) => {
    const list = compared(at(type, block, "us-east-1", "aws.us"), at(type, block, "us-west-2", "aws.us"), policy);
    expect(changesOf(list)).toMatchObject([
      {
        id: `resource:${type}.one`,
        action: "replace",
        weight: "danger",
        effect: [
          `DATA LOSS: ${what} is made anew in us-west-2, and empty: the one in us-east-1 stays, and nobody looks after it`,
        ],
        marks: ["replaces", "stateful", "data-loss"],
      },
    ]);
    expect(list.verdict).toBe("blocked");
    const moved = compared(at(type, block, "us-east-1"), at(type, block, "us-east-1", "aws.us"), policy);
    expect(changesOf(moved)).toMatchObject([{ marks: ["replaces", "stateful", "data-loss"] }]);
    const same = at(type, block, "us-east-1", "aws.us");
    expect(compared(same, same, policy).verdict).toBe("unchanged");
  });

  test("is a warning for what keeps nothing, and nothing for what is the same everywhere", () => {
    const parameter = { name: "/p", type: "String", value: "x" };
    const list = compared(
      at("aws_ssm_parameter", parameter, "us-east-1", "aws.us"),
      at("aws_ssm_parameter", parameter, "us-west-2", "aws.us"),
    );
    expect(list.clusters[0]?.infrastructure.counts).toMatchObject({ create: 1, destroy: 0 });
    expect(changesOf(list)).toMatchObject([{ action: "replace", weight: "warning", marks: ["replaces"] }]);
    const role = { name: "r", assume_role_policy: "{}" };
    const global = compared(
      at("aws_iam_role", role, "us-east-1", "aws.us"),
      at("aws_iam_role", role, "us-west-2", "aws.us"),
    );
    expect(global.verdict).toBe("unchanged");
  });
});

describe("a VM that changes in place", () => {
  const machine = (more: object): Raw =>
    one("aws_instance", { ami: "ami-12345678", instance_type: "t3.micro", user_data: "a", ...more });

  test.each<[object, string]>([
    [{ instance_type: "t3.large" }, "instance_type"],
    [{ user_data: "b" }, "user_data"],
  ])("is stopped for %j", (more, name) => {
    expect(changesOf(compared(machine({}), machine(more)))).toMatchObject([
      {
        action: "change",
        weight: "warning",
        effect: [`it is stopped for ${name}, and started again: it is down meanwhile`],
        marks: ["downtime"],
      },
    ]);
  });

  test("is not stopped for what can change while it runs", () => {
    expect(changesOf(compared(machine({}), machine({ tags: { a: "b" } })))).toEqual([]);
    const anew = { user_data_replace_on_change: true };
    expect(changesOf(compared(machine(anew), machine({ ...anew, tags: { a: "b" } })))).toEqual([]);
    const replaced = compared(machine({}), machine({ user_data: "b", ...anew }));
    expect(changesOf(replaced)).toMatchObject([{ action: "replace" }]);
  });
});

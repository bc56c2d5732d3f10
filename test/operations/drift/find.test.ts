import { describe, expect, test } from "vitest";
import { declaredAt, isBlank } from "../../../operations/drift/config-lookup.js";
import { driftedAddresses, findDrift as find } from "../../../operations/drift/find.js";
import { isUndone } from "../../../operations/drift/reverted-on-apply.js";
import { planSchema, type PlanJson } from "../../../terraform/plan-schema.js";
import { tables } from "../../sandbox/local.js";

const findDrift = (plan: PlanJson, program: unknown, whole = true) => find(plan, program, { tables, whole });

interface Changed {
  readonly type: string;
  readonly before: object;
  readonly after: object;
}
const drifted = (
  changed: readonly Changed[],
  resources: readonly object[] = [],
  child_modules: readonly object[] = [],
) =>
  planSchema.parse({
    format_version: "1.2",
    resource_drift: changed.map(({ type, before, after }) => ({
      ...{ address: `${type}.core`, type, name: "core", change: { actions: ["update"], before, after } },
    })),
    prior_state: { values: { root_module: { resources, child_modules } } },
  });
const holds = (type: string, values: object) => ({ address: `${type}.core`, type, name: "core", values });
const program = (type: string, block: object) => ({ resource: { [type]: { core: block } } });
const group = "aws_autoscaling_group";

describe("what the program says at a path", () => {
  const block = {
    instance_refresh: { strategy: "Rolling", preferences: { auto_rollback: false } },
    rule: [{ id: "a" }, { id: "b", days: 9 }],
    tags: { Name: "x" },
    tag: [{ key: "Name", value: "x" }],
    dynamic: { setting: { for_each: "${x}", content: { name: "y" } } },
    policy: "${x}",
    none: null,
  };
  test.each([
    ["instance_refresh[0].strategy", ["Rolling"]],
    ["instance_refresh[0].triggers", []],
    ["instance_refresh[0].preferences[0].auto_rollback", [false]],
    ["instance_refresh[0].preferences[0].checkpoint_percentages", []],
    ["rule[0].days", [9]],
    ["rule[1].status", []],
    ["tags.Name", ["x"]],
    ["tags.Owner", [undefined]],
    ["tag.Name.value", ["x"]],
    ["tag.Name.propagate", []],
    ["tag.Owner", [undefined]],
    ["setting[0].name", ["y"]],
    ["policy.Statement[0]", [undefined]],
    ["none", []],
    ["other", []],
    ['tags["a b"]', [undefined]],
  ])("%s", (path, said) => expect(declaredAt(block, path)).toEqual(said));

  test.each([null, "", 0, false, [], {}])("%j is blank", (value) => expect(isBlank(value)).toBe(true));
  test.each(["a", 1, true, [null], { a: null }])("%j is not", (value) => expect(isBlank(value)).toBe(false));
});

describe("drift", () => {
  const refresh = (triggers: unknown, strategy = "Rolling") => ({ instance_refresh: [{ strategy, triggers }] });
  const declared = program(group, { instance_refresh: { strategy: "Rolling" } });

  test("is not what the engine wrote as null, and finds empty the next time", () => {
    const fresh = drifted([
      { type: group, before: refresh(null), after: refresh([]) },
      { type: "aws_s3_bucket", before: { rule: [{ key: null }] }, after: { rule: [{ key: false }] } },
    ]);
    expect(findDrift(fresh, declared)).toEqual([]);
  });

  test("is not what AWS fills in beside what is declared, and is what it has otherwise", () => {
    const filled = drifted([
      { type: group, before: { target_group_arns: null }, after: { target_group_arns: ["arn"] } },
    ]);
    expect(findDrift(filled, declared)).toMatchObject([
      { declared: false, attributes: [{ path: "target_group_arns", declared: false }] },
    ]);
    expect(driftedAddresses(findDrift(filled, declared))).toEqual([]);
    const changed = drifted([{ type: group, before: refresh(null), after: refresh(null, "Blue") }]);
    expect(driftedAddresses(findDrift(changed, declared))).toEqual([`${group}.core`]);
    const emptied = drifted([{ type: group, before: { max_size: 3 }, after: { max_size: 0 } }]);
    expect(driftedAddresses(findDrift(emptied, program(group, { max_size: 3 })))).toHaveLength(1);
  });

  test("is what somebody set that the program leaves out, and AWS does not fill in", () => {
    const balancer = (idle_timeout: number) => ({ idle_timeout, access_logs: [] });
    const plan = drifted([{ type: "aws_lb", before: balancer(60), after: balancer(600) }]);
    expect(findDrift(plan, program("aws_lb", { name: "x" }))).toMatchObject([
      { declared: true, attributes: [{ path: "idle_timeout", before: 60, after: 600, declared: true }] },
    ]);
    const ignoring = { lifecycle: { ignore_changes: ["idle_timeout"] } };
    expect(driftedAddresses(findDrift(plan, program("aws_lb", ignoring)))).toEqual([]);
  });

  test.each([
    ["aws_lb", {}, "idle_timeout", 60, false],
    ["aws_lb", {}, "idle_timeout", 61, true],
    ["aws_lb", {}, "enable_http2", false, true],
    ["aws_lb", {}, "enable_deletion_protection", true, true],
    ["aws_lb", {}, "arn", "x", false],
    ["aws_lb", {}, "subnets", ["x"], false],
    ["aws_lb", {}, "no_such_argument", "x", false],
    ["aws_lb", {}, "access_logs", [{ bucket: "x", enabled: true }], true],
    ["aws_lb", { access_logs: [{ bucket: "x" }] }, "access_logs[0].enabled", true, true],
    ["aws_lb", { access_logs: [{ bucket: "x" }] }, "access_logs[0].enabled", false, false],
    ["aws_lb", { access_logs: [{ bucket: "x" }] }, "access_logs[0].prefix", "logs", true],
    ["aws_lb", { access_logs: [{ bucket: "x" }] }, "access_logs[0].bucket", "y", false],
    ["aws_s3_bucket", {}, "versioning", [{ enabled: true }], false],
    [group, {}, "suspended_processes", ["Launch"], true],
    [group, {}, "suspended_processes", [], false],
    [group, {}, "target_group_arns", ["x"], false],
    [group, {}, "tag.Owner", { key: "Owner", value: "x" }, true],
    [group, { tag: [{ key: "Name" }] }, "tag.Owner", { key: "Owner", value: "x" }, false],
    [group, { initial_lifecycle_hook: [{ name: "x" }] }, "initial_lifecycle_hook.x.default_result", "ABANDON", false],
    ["aws_iam_role", {}, 'tags["a b"]', "x", true],
    ["acme_thing", {}, "x", "y", false],
  ])("%s %j: whether a deploy undoes that %s is %j: %s", (type, block, path, value, undone) =>
    expect(isUndone(tables, type, block, path, value)).toBe(undone),
  );

  test.each([
    ["max_size", false],
    ["all", false],
    ["min_size", true],
  ])("that the program ignores (%s) is none", (ignored, isDrift) => {
    const ignore_changes = ignored === "all" ? "all" : [ignored];
    const block = { max_size: 3, lifecycle: { ignore_changes } };
    const plan = drifted([{ type: group, before: { max_size: 3 }, after: { max_size: 4 } }]);
    expect(driftedAddresses(findDrift(plan, program(group, block)))).toHaveLength(isDrift ? 1 : 0);
  });
});

describe("what somebody added", () => {
  const arn = "arn:aws:ec2:eu-west-1:123456789012:x/y";
  const opening = { protocol: "tcp", from_port: 22, to_port: 22, cidr_blocks: ["0.0.0.0/0"] };
  const open = holds("aws_security_group", { id: "sg-1", arn, ingress: [opening], egress: [] });
  const ingressRule = holds("aws_vpc_security_group_ingress_rule", {
    ...{ security_group_id: "sg-1", ip_protocol: "tcp", from_port: 22, to_port: 22, cidr_ipv4: "0.0.0.0/0" },
  });

  test("to a security group is drift, whether the state has it already or not", () => {
    const added = [
      {
        what: "ingress: tcp 22 from 0.0.0.0/0",
        fix: "aws ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions 'IpProtocol=tcp,FromPort=22,ToPort=22,IpRanges=[{CidrIp=0.0.0.0/0}]' --region eu-west-1",
      },
    ];
    const found = { address: "aws_security_group.core", what: "changed", declared: true, added };
    expect(findDrift(drifted([], [open]), {})).toMatchObject([found]);
    const change = { type: "aws_security_group", before: { ingress: [] }, after: { ingress: [opening] } };
    expect(findDrift(drifted([change], [open]), {})).toMatchObject([{ ...found, attributes: [{ declared: false }] }]);
  });

  test("is none where a resource stands for it, also one of a module, or the program lists it, or nobody looked", () => {
    expect(findDrift(drifted([], [open, ingressRule]), {})).toEqual([]);
    expect(findDrift(drifted([], [open], [{ resources: [ingressRule] }]), {})).toEqual([]);
    expect(findDrift(drifted([], [open]), program("aws_security_group", { ingress: [opening] }))).toEqual([]);
    expect(findDrift(drifted([], [open]), {}, false)).toEqual([]);
  });

  test("to a table of routes goes by its destination; those of AWS itself are none", () => {
    const route = (cidr_block: string, gateway_id: string) => ({ cidr_block, gateway_id });
    const routes = [route("0.0.0.0/0", "igw-2"), route("192.0.2.0/24", "igw-1"), route("10.0.0.0/16", "local")];
    const table = holds("aws_route_table", { id: "rtb-1", arn, route: routes });
    const own = holds("aws_route", { route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0" });
    expect(findDrift(drifted([], [table, own]), {})).toMatchObject([
      {
        added: [
          {
            what: "route: to 192.0.2.0/24 by igw-1",
            fix: "aws ec2 delete-route --route-table-id rtb-1 --destination-cidr-block 192.0.2.0/24 --region eu-west-1",
          },
        ],
      },
    ]);
  });

  test("to a role are policies of its own and of others", () => {
    const admin = "arn:aws:iam::aws:policy/AdministratorAccess";
    const role = holds("aws_iam_role", {
      ...{ name: "shop-core", arn: "arn:aws:iam::123456789012:role/shop-core", managed_policy_arns: [admin, "arn:b"] },
      inline_policy: [{ name: "lightfleet" }, { name: "by hand" }],
    });
    const policy = holds("aws_iam_role_policy", { role: "shop-core", name: "lightfleet" });
    const attached = holds("aws_iam_role_policy_attachment", { role: "shop-core", policy_arn: "arn:b" });
    expect(findDrift(drifted([], [role, policy, attached]), {})).toMatchObject([
      {
        added: [
          { fix: "aws iam delete-role-policy --role-name shop-core --policy-name 'by hand'" },
          { fix: `aws iam detach-role-policy --role-name shop-core --policy-arn ${admin}` },
        ],
      },
    ]);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonical } from "../../sandbox/equal.js";
import { plan } from "../../sandbox/plan.js";
import { attributesOf, blocksOf, conform, type Block, type Facts, type Type } from "../../sandbox/schema.js";
import {
  isList,
  isObject,
  isUnknown,
  isWhollyKnown,
  UNKNOWN,
  type ObjectValue,
  type Value,
} from "../../sandbox/value.js";
import { tables } from "./local.js";

/** Any value of a type. */
function values(type: Type): fc.Arbitrary<Value> {
  if (type === "string") return fc.constantFrom("a", "b", "c");
  if (type === "number") return fc.integer({ min: 1, max: 3 });
  if (type === "bool") return fc.boolean();
  if (type[0] === "map") return fc.dictionary(fc.constantFrom("k", "l"), values(type[1]), { minKeys: 1 });
  if (type[0] === "object")
    return fc.record(Object.fromEntries(Object.entries(type[1]).map(([name, member]) => [name, values(member)])));
  const items = fc.array(values(type[1]), { minLength: 1, maxLength: 3 });
  return type[0] === "set"
    ? items.map((found) => [...new Map(found.map((item) => [JSON.stringify(item), item])).values()])
    : items;
}

/** Any configuration of a block: what is computed alone is never set. */
function configs(block: Block): fc.Arbitrary<ObjectValue> {
  const attributes = attributesOf(block).map(([name, { type, optional, computed, write_only }]) => {
    const settable = !write_only && (optional || !computed) && name !== "tags_all" && name !== "id";
    return [name, settable ? fc.option(values(type)) : fc.constant(null)] as const;
  });
  const blocks = blocksOf(block).map(([name, nested]) => {
    const inner = configs(nested.block);
    return [name, nested.nesting_mode === "single" ? fc.option(inner) : fc.array(inner, { maxLength: 2 })] as const;
  });
  return fc.record(Object.fromEntries<fc.Arbitrary<Value>>([...attributes, ...blocks]));
}

/** What the cloud would make of a plan: every unknown value becomes something. */
function applied(value: Value): Value {
  if (isUnknown(value)) return "made";
  if (isList(value)) return value.map(applied);
  if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, applied(item)]));
  return value;
}

const made = (planned: ObjectValue): ObjectValue =>
  Object.fromEntries(Object.entries(planned).map(([key, value]) => [key, applied(value)]));

/** Whether all that is set stands in the plan as it was set. */
function keeps(config: Value, planned: Value | undefined): boolean {
  if (config === null || (isList(config) && config.length === 0)) return true;
  if (isList(config)) return isList(planned) && config.every((item, index) => keeps(item, planned[index]));
  if (isObject(config))
    return isObject(planned) && Object.entries(config).every(([key, item]) => keeps(item, planned[key]));
  return config === planned;
}

const types = [
  "aws_vpc",
  "aws_subnet",
  "aws_security_group",
  "aws_lb_listener",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_ssm_parameter",
];

describe.each(types)("any configuration of %s", (type) => {
  const { block } = tables.resources[type] ?? { block: {} };
  const facts: Facts = tables.facts[type] ?? {};
  const first = (config: ObjectValue): ObjectValue => plan({ block, facts, prior: null, config }).planned;

  test("is planned as it is, and in the shape of the schema", () => {
    fc.assert(
      fc.property(configs(block), (config) => {
        const planned = first(config);
        expect(keeps(config, planned)).toBe(true);
        expect(canonicalNames(planned)).toEqual(canonicalNames(conform(block, planned)));
      }),
      { numRuns: 30 },
    );
  });

  test("has nothing left to do once it is applied", () => {
    fc.assert(
      fc.property(configs(block), (config) => {
        const prior = made(first(config));
        expect(isWhollyKnown(prior)).toBe(true);
        expect(plan({ block, facts, prior, config })).toEqual({ planned: prior, replace: [] });
      }),
      { numRuns: 30 },
    );
  });

  test("changes into any other one, and then nothing is left to do either", () => {
    fc.assert(
      fc.property(configs(block), configs(block), (before, after) => {
        const { planned } = plan({ block, facts, prior: made(first(before)), config: after });
        const next = made(planned);
        expect(canonical(block, plan({ block, facts, prior: next, config: after }).planned)).toBe(
          canonical(block, next),
        );
      }),
      { numRuns: 30 },
    );
  });
});

const canonicalNames = (value: ObjectValue): string[] => Object.keys(value).sort();

describe("one change at a time", () => {
  const change = (type: string, prior: ObjectValue, config: ObjectValue) => {
    const { block } = tables.resources[type] ?? { block: {} };
    return plan({
      block,
      facts: tables.facts[type] ?? {},
      prior: conform(block, prior),
      config: conform(block, config),
    });
  };

  test("a default is planned, and comes back when the argument goes", () => {
    const { block } = tables.resources["aws_vpc"] ?? { block: {} };
    const facts = tables.facts["aws_vpc"] ?? {};
    const config = conform(block, { cidr_block: "10.0.0.0/16" });
    expect(plan({ block, facts, prior: null, config }).planned["enable_dns_support"]).toBe(true);
    const prior = { cidr_block: "10.0.0.0/16", enable_dns_support: false, instance_tenancy: "default" };
    expect(change("aws_vpc", prior, { cidr_block: "10.0.0.0/16" }).planned["enable_dns_support"]).toBe(true);
  });

  test("what cannot change in place is named by its path", () => {
    const prior = { name: "l", internal: false, load_balancer_type: "application" };
    expect(change("aws_lb", prior, { ...prior, internal: true }).replace).toEqual([["internal"]]);
  });

  test("a source of a rule replaces when it becomes another kind, and not when it becomes another one", () => {
    const prior = { security_group_id: "sg-1", ip_protocol: "-1", cidr_ipv4: "10.0.0.0/8" };
    const kept = { security_group_id: "sg-1", ip_protocol: "-1" };
    const type = "aws_vpc_security_group_ingress_rule";
    expect(change(type, prior, { ...kept, cidr_ipv4: "10.0.0.0/9" }).replace).toEqual([]);
    expect(change(type, prior, { ...kept, cidr_ipv6: "::/0" }).replace).toEqual([["cidr_ipv4"], ["cidr_ipv6"]]);
  });

  test("an update makes unknown what it moves along, where it does", () => {
    const prior = { name: "/p", type: "String", value: "a", version: 1, description: "x" };
    const type = "aws_ssm_parameter";
    expect(change(type, prior, { name: "/p", type: "String", value: "b", description: "x" }).planned["version"]).toBe(
      UNKNOWN,
    );
    expect(change(type, prior, { name: "/p", type: "String", value: "a", description: "y" }).planned["version"]).toBe(
      1,
    );
  });

  test("an unknown value of an argument that replaces counts as another one", () => {
    const prior = { vpc_id: "vpc-1", cidr_block: "10.0.0.0/24", ipv6_native: false };
    expect(change("aws_subnet", prior, { ...prior, vpc_id: UNKNOWN }).replace).toEqual([["vpc_id"]]);
  });

  test("the elements of a set have no order, and what is computed of them stays with them", () => {
    const block: Block = {
      block_types: {
        port: {
          nesting_mode: "set",
          block: {
            attributes: { name: { type: "string" }, number: { type: "number", optional: true, computed: true } },
          },
        },
      },
    };
    const prior = {
      port: [
        { name: "a", number: 1 },
        { name: "b", number: 2 },
      ],
    };
    const facts: Facts = { replace: ["port[].name"] };
    const reordered = plan({
      block,
      facts,
      prior,
      config: {
        port: [
          { name: "b", number: null },
          { name: "a", number: null },
        ],
      },
    });
    expect(reordered).toEqual({ planned: prior, replace: [] });
    const renamed = plan({
      block,
      facts,
      prior,
      config: {
        port: [
          { name: "a", number: null },
          { name: "c", number: null },
        ],
      },
    });
    expect(renamed.planned["port"]).toEqual([
      { name: "a", number: 1 },
      { name: "c", number: UNKNOWN },
    ]);
    expect(renamed.replace).toEqual([["port"]]);
  });

  test("how long to wait is no change", () => {
    const block: Block = {
      block_types: { timeouts: { nesting_mode: "single", block: { attributes: { create: { type: "string" } } } } },
    };
    const prior = { timeouts: null };
    expect(plan({ block, facts: {}, prior, config: { timeouts: { create: "5m" } } }).planned).toBe(prior);
  });
});

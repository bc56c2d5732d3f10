import { describe, expect, test } from "vitest";
import { plan, type Plan } from "../../sandbox/plan.js";
import type { Block } from "../../sandbox/schema.js";
import { UNKNOWN, type ObjectValue } from "../../sandbox/value.js";

/** A type as the provider has many: plain arguments, and blocks whose arguments are left to the cloud, or to nobody. */
const inner: Block = {
  attributes: {
    name: { type: "string", optional: true },
    note: { type: "string", optional: true },
    place: { type: "string", optional: true, computed: true },
  },
};
const block: Block = {
  attributes: {
    zones: { type: ["set", "string"], optional: true },
    labels: { type: ["map", "string"], optional: true },
  },
  block_types: {
    one: { nesting_mode: "list", block: inner },
    some: { nesting_mode: "set", block: inner },
  },
};

const none = { zones: null, labels: null, one: [], some: [] };
const item = { name: "a", note: null, place: null };
const planned = (config: ObjectValue, prior: ObjectValue | null = null, framework = false): Plan["planned"] =>
  plan({ block, facts: {}, prior, config: { ...none, ...config }, framework }).planned;

describe("what the SDK makes of a configuration", () => {
  test("a set or a map with something unknown in it is unknown as a whole", () => {
    const config = { zones: ["a", UNKNOWN], labels: { a: "1", b: UNKNOWN } };
    expect(planned(config)).toMatchObject({ zones: UNKNOWN, labels: UNKNOWN });
    expect(planned(config, null, true)).toMatchObject(config);
  });

  test("what is not set of a set's element is empty, and nothing elsewhere", () => {
    expect(planned({ one: [item], some: [item] })).toMatchObject({ one: [{ note: null }], some: [{ note: "" }] });
    expect(planned({ some: [item] }, null, true)).toMatchObject({ some: [{ note: null }] });
  });

  test("the cloud is asked about a new block along with a new resource, or in a set", () => {
    const config = { one: [item], some: [item] };
    expect(planned(config)).toMatchObject({ one: [{ place: UNKNOWN }], some: [{ place: UNKNOWN }] });
    expect(planned(config, none)).toMatchObject({ one: [{ place: null }], some: [{ place: UNKNOWN }] });
    expect(planned(config, none, true)).toMatchObject({ one: [{ place: UNKNOWN }], some: [{ place: UNKNOWN }] });
  });

  test("what was empty in a block stays empty", () => {
    const prior = { ...none, one: [{ name: "a", note: "", place: "x" }], some: [{ name: "a", note: "", place: "x" }] };
    expect(planned({ one: [item], some: [item] }, prior)).toEqual(prior);
  });
});

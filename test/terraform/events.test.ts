import { expect, test } from "vitest";
import { parseEvent } from "../../terraform/events.js";

const resource = { addr: "aws_vpc.main", resource_type: "aws_vpc", resource_name: "main", resource_key: null };
const parse = (event: object) => parseEvent(JSON.stringify(event));

test("both engines name their version", () => {
  expect(parse({ type: "version", terraform: "1.11.4" })).toEqual({ type: "version", version: "1.11.4" });
  expect(parse({ type: "version", tofu: "1.8.0" })).toEqual({ type: "version", version: "1.8.0" });
});

test("a resource's life is followed", () => {
  expect(parse({ type: "planned_change", change: { resource, action: "replace", reason: "tainted" } })).toEqual({
    ...{ type: "planned_change", action: "replace", reason: "tainted" },
    resource: { address: "aws_vpc.main", type: "aws_vpc", name: "main" },
  });
  expect(parse({ type: "apply_progress", hook: { resource, action: "create", elapsed_seconds: 10 } })).toMatchObject({
    ...{ type: "apply_progress", action: "create", elapsedSeconds: 10 },
  });
  expect(parse({ type: "refresh_start", hook: { resource, id_key: "id", id_value: "i" } })).toMatchObject({
    ...{ type: "refresh_start", resource: { address: "aws_vpc.main" } },
  });
});

test("what is not known, or not known in this form, is passed on", () => {
  expect(parse({ type: "ephemeral_op_start", "@message": "opening", hook: {} })).toEqual({
    ...{ type: "other", name: "ephemeral_op_start", message: "opening" },
  });
  expect(parse({ type: "apply_start", "@message": "m", hook: { resource: "?" } })).toMatchObject({ type: "other" });
});

test("what is not an event is left out", () => {
  expect(parseEvent("Initializing...")).toBeUndefined();
  expect(parseEvent("{broken")).toBeUndefined();
  expect(parseEvent("{}")).toBeUndefined();
});

test("a diagnostic without a place or a snippet is fine", () => {
  const diagnostic = { severity: "error", summary: "s", detail: "d", range: null, snippet: null, address: "a.b" };
  expect(parse({ type: "diagnostic", diagnostic })).toEqual({
    ...{ type: "diagnostic", diagnostic: { severity: "error", summary: "s", detail: "d", address: "a.b" } },
  });
});

test("a sensitive output loses its value", () => {
  const outputs = { a: { sensitive: true, type: "string", value: "s3cret" }, b: { sensitive: false, value: [1] } };
  expect(parse({ type: "outputs", outputs })).toEqual({
    ...{ type: "outputs", outputs: { a: { sensitive: true }, b: { sensitive: false, value: [1] } } },
  });
});

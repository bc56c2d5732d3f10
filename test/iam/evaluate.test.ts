import { expect, test } from "vitest";
import { evaluate, type Request } from "./evaluate.js";

const bucket = "arn:aws:s3:::acme";
const policy = (...Statement: readonly object[]) => [{ Version: "2012-10-17", Statement }];
const allow = (more: object) => ({ Sid: "A", Effect: "Allow", Action: "s3:Get*", Resource: `${bucket}/*`, ...more });
const get: Request = { action: "s3:GetObject", resource: `${bucket}/a/b` };

test("what no statement allows is refused, and a deny wins over all that allow", () => {
  expect(evaluate(policy(allow({})), get)).toEqual({ allowed: true, by: ["A"] });
  expect(evaluate(policy(allow({})), { ...get, action: "s3:PutObject" }).allowed).toBe(false);
  expect(evaluate(policy(allow({}), allow({ Effect: "Deny", Action: "*" })), get).allowed).toBe(false);
  expect(evaluate(policy(allow({ Action: undefined, NotAction: "s3:Put*" })), get).allowed).toBe(true);
  expect(evaluate(policy(allow({ Action: undefined, NotAction: "S3:getobject" })), get).allowed).toBe(false);
});

test("wildcards of a resource stay within the parts of its ARN, and `?` is one character", () => {
  const on = (Resource: string, resource: string) =>
    evaluate(policy(allow({ Resource })), { ...get, resource }).allowed;
  expect(on("arn:aws:ssm:*:*:parameter/a", "arn:aws:ssm:eu-west-1:1:parameter/a")).toBe(true);
  expect(on("arn:aws:ssm:*:parameter/a", "arn:aws:ssm:eu-west-1:1:parameter/a")).toBe(false);
  expect(on("arn:aws:iam::1:role/a-??", "arn:aws:iam::1:role/a-12")).toBe(true);
  expect(on("arn:aws:iam::1:role/a-??", "arn:aws:iam::1:role/a-b-12")).toBe(false);
  expect(on("arn:aws:logs:r:1:log-group:a:*", "arn:aws:logs:r:1:log-group:a:log-stream:b")).toBe(true);
});

test.each<[string, object, Request["context"], boolean]>([
  ["a value that is the same", { StringEquals: { "aws:RequestTag/c": "shop" } }, { "aws:requesttag/c": "shop" }, true],
  ["one of several", { StringEquals: { k: ["a", "b"] } }, { k: "b" }, true],
  ["another value", { StringEquals: { k: "shop" } }, { k: "shop-prod" }, false],
  ["no value", { StringEquals: { k: "shop" } }, {}, false],
  ["no value, where it need not be there", { StringEqualsIfExists: { k: "shop" } }, {}, true],
  ["another value than that", { StringNotEquals: { k: "shop" } }, { k: "shop" }, false],
  ["a pattern", { StringLike: { k: "shop-*" } }, { k: "shop-prod" }, true],
  ["no key, which must not be there", { Null: { k: "true" } }, {}, true],
  ["a key that must not be there", { Null: { k: "true" } }, { k: "x" }, false],
  ["all values", { "ForAllValues:StringEquals": { k: ["a", "b"] } }, { k: ["a", "b"] }, true],
  ["all values but one", { "ForAllValues:StringEquals": { k: ["a"] } }, { k: ["a", "b"] }, false],
  ["no values at all", { "ForAllValues:StringEquals": { k: ["a"] } }, {}, true],
  ["one of all values", { "ForAnyValue:StringEquals": { k: ["a"] } }, { k: ["a", "b"] }, true],
  ["an ARN", { ArnLike: { k: "arn:aws:iam::*:policy/a-??" } }, { k: "arn:aws:iam::1:policy/a-12" }, true],
])("a condition meets %s", (_, Condition, context, allowed) => {
  expect(evaluate(policy(allow({ Condition })), { ...get, ...(context && { context }) }).allowed).toBe(allowed);
});

test("an operator that it does not know is no reason to allow", () => {
  expect(() => evaluate(policy(allow({ Condition: { IpAddress: { k: "10.0.0.0/8" } } })), get)).toThrow("IpAddress");
});

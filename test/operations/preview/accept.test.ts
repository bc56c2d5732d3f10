import { describe, expect, test } from "vitest";
import { acceptedByLabels, labelsOf, readAcceptances } from "../../../operations/preview/accept.js";
import { LightfleetError } from "../../../errors/error.js";

const read = (text: string) => readAcceptances([text])[0];

describe("what --accept says", () => {
  test.each([
    ["destroys=why", { rule: "destroys", reason: "why" }],
    ["destroys()=why", { rule: 'destroys("any")', reason: "why" }],
    ["replaces(stateful)=why", { rule: 'replaces("stateful")', reason: "why" }],
    ['replaces("stateful")=why', { rule: 'replaces("stateful")', reason: "why" }],
    ["replaces('stateful')= why, so = what ", { rule: 'replaces("stateful")', reason: "why, so = what" }],
    ['replaces("stateful")@orders-db=why', { rule: 'replaces("stateful")', on: "orders-db", reason: "why" }],
    ["losesData@aws_db_instance.ledger=ok", { rule: "losesData", on: "aws_db_instance.ledger", reason: "ok" }],
    ["losesData(aws_db_instance.ledger)=ok", { rule: 'losesData("aws_db_instance.ledger")', reason: "ok" }],
    ['losesData@aws_s3_bucket.b["a=b"]=ok', { rule: "losesData", on: 'aws_s3_bucket.b["a=b"]', reason: "ok" }],
    ["losesData@aws_s3_bucket.b[0]=ok", { rule: "losesData", on: "aws_s3_bucket.b[0]", reason: "ok" }],
    ["opensEdge(public)@public/orders=ok", { rule: 'opensEdge("public")', on: "public/orders", reason: "ok" }],
    [
      "opensEdge(outside)@edge:api/rates2.example.com:443=ok",
      { rule: 'opensEdge("outside")', on: "edge:api/rates2.example.com:443", reason: "ok" },
    ],
    ["1a2b3c4d5e6f=ok", { rule: "1a2b3c4d5e6f", reason: "ok" }],
  ])("%s", (text, acceptance) => {
    expect(read(text)).toEqual(acceptance);
  });

  test.each([
    "nothing",
    "unknown=why",
    "*=why",
    "destroys=",
    "destroys@=why",
    "1a2b3c4d5e6f@core=why",
    "replaces(=why",
  ])("%s is refused", (text) => {
    expect(() => read(text)).toThrow(expect.toSatisfy((error) => LightfleetError.is(error) && error.code === "LF650"));
  });
});

test("labels let pass what an option does, and what cannot be read is like nothing", () => {
  const accepted = (label: string) => acceptedByLabels(["bug", label]);
  expect(accepted("lightfleet accept replaces(stateful)@core")).toEqual([
    { rule: 'replaces("stateful")', on: "core", reason: 'the label "lightfleet accept replaces(stateful)@core"' },
  ]);
  expect(accepted("lightfleet accept losesData@aws_db_instance.ledger")).toMatchObject([
    { rule: "losesData", on: "aws_db_instance.ledger" },
  ]);
  expect(accepted("lightfleet accept 1a2b3c4d5e6f")).toMatchObject([{ rule: "1a2b3c4d5e6f" }]);
  expect(accepted("lightfleet accept nonsense")).toMatchObject([
    { rule: "lightfleet accept nonsense", reason: expect.stringContaining("cannot be read") },
  ]);
});

test("labels are GitHub's, as JSON, or GitLab's, with commas between", () => {
  const label = "lightfleet accept 1a2b3c4d5e6f";
  expect(labelsOf({ LIGHTFLEET_LABELS: JSON.stringify(["bug", label, 1]) })).toEqual(["bug", label]);
  expect(labelsOf({ CI_MERGE_REQUEST_LABELS: `bug,${label}` })).toEqual(["bug", label]);
  expect(labelsOf({ LIGHTFLEET_LABELS: "[]", CI_MERGE_REQUEST_LABELS: label })).toEqual([]);
  for (const json of ["null", "{", '{"a":1}']) expect(labelsOf({ LIGHTFLEET_LABELS: json })).toEqual([]);
  expect(acceptedByLabels(labelsOf({}))).toEqual([]);
});

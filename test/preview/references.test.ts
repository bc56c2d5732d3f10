import { Token } from "cdktf";
import fc from "fast-check";
import { external } from "lightfleet";
import { expect, test } from "vitest";
import { renderMarkdown } from "../../preview/render/markdown.js";
import { hostText, refersTo } from "../../preview/references.js";
import type { ShopSketch } from "../program/shop.js";
import { blocking, compared } from "./beside.js";

test.each([
  ["db.example.com", "db.example.com"],
  [{ terraform: "${aws_db_instance.main.address}" }, "aws_db_instance.main.address"],
  [{ terraform: '${aws_db_instance.main["a"].address}' }, 'aws_db_instance.main["a"].address'],
  [{ terraform: "${data.aws_db_instance.main.address}" }, "data.aws_db_instance.main.address"],
])("the host %j is %s", (host, text) => {
  expect(hostText(host)).toBe(text);
});

test("what is around a reference is told from others, and not shown", () => {
  const [one, other] = ["secret-a", "secret-b"].map((text) =>
    hostText({ terraform: `\${replace(aws_x.y.host, "${text}", "")}` }),
  );
  expect(one).toMatch(/^\(of aws_x\.y\.host, [0-9a-f]{8}\)$/);
  expect(other).not.toBe(one);
  expect(hostText({ terraform: '${upper("secret")}' })).toMatch(/^\(known after apply, [0-9a-f]{8}\)$/);
});

test("a part of a model refers to what stands in its expressions, and to nothing else", () => {
  const part = { env: { A: { terraform: "x${aws_db_instance.main[0].port}" }, B: "${aws_db_instance.other.port}" } };
  expect(refersTo(part, "aws_db_instance.main")).toBe(true);
  expect(refersTo(part, "aws_db_instance.main[0]")).toBe(true);
  expect(refersTo(part, "aws_db_instance.mai")).toBe(false);
  expect(refersTo(part, "aws_db_instance.other")).toBe(false);
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(refersTo(value, "aws_db_instance.main")).toBe(false);
    }),
  );
});

test("a new edge to a host that only Terraform knows is told beside another", () => {
  const host = (name: string): string => Token.asString({ resolve: () => `\${aws_db_instance.${name}.address}` });
  const make = (shop: ShopSketch, side: "base" | "head"): void => {
    shop.services["cartservice"]!.uses = {
      ONE: external(host("one"), 5432),
      ...(side === "head" && { TWO: external(host("two"), 5432) }),
    };
  };
  const list = compared({}, {}, { make, ...blocking({ rule: "opensEdge", of: "outside" }) });
  expect(list.verdict).toBe("blocked");
  expect(list.clusters[0]?.changes.map(({ id }) => id)).toContain("edge:cartservice/aws_db_instance.two.address:5432");
  expect(list.clusters[0]?.topology.head?.edges.map(({ to }) => to)).toContain("aws_db_instance.two.address");
  expect(renderMarkdown(list)).toContain("aws#95;db#95;instance.two.address");
});

import DOMPurify from "dompurify";
import fc from "fast-check";
import mermaid from "mermaid";
import { remark } from "remark";
import remarkGfm from "remark-gfm";
import { expect, test } from "vitest";
import { diagramOf, mermaidDiagram } from "../../preview/render/diagram.js";
import { COMMENT_LIMIT, renderMarkdown } from "../../preview/render/markdown.js";
import { renderText } from "../../preview/render/text.js";
import { changeListSchema, type ChangeList } from "../../preview/schema.js";
import { runs } from "../program/runs.js";
import { hostile } from "./hostile.js";
import { listOf, write } from "./lists.js";

// Mermaid cleans labels with the help of a document, which there is none here; its grammar needs none.
Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text });

const base = write();
const busy = listOf(
  base,
  write((shop) => {
    shop.fleets["core"]!.machine = "m7i.xlarge";
    shop.fleets["core"]!.os = { openFiles: 65_536 };
    shop.services["mailer"] = shop.services["emailservice"]!;
    delete shop.services["emailservice"];
    shop.services["checkoutservice"]!.uses!["EMAIL_SERVICE_ADDR"] = "mailer";
    shop.services["adservice"]!.image = "ghcr.io/acme/ads:2";
    shop.gateways["partners"] = { routes: { "/pay": "paymentservice" } };
  }),
);

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly lang?: string | null;
  readonly children?: readonly Node[];
}

const parser = remark().use(remarkGfm);
const all = (node: Node): Node[] => [node, ...(node.children ?? []).flatMap(all)];
const nodesOf = (markdown: string): Node[] => all(parser.parse(markdown) as Node);
const transformed = (markdown: string): Node[] => all(parser.runSync(parser.parse(markdown)) as Node);

const OURS =
  /^(<!-- lightfleet:preview:[\w./:-]+ -->|<details><summary>|<\/details>|<\/summary>|<br>|<b>|<\/b>|<details><summary>(?:[^<>]|<b><\/b>)*<\/summary>)$/;
const ALLOWED = new Set([
  "root",
  "heading",
  "paragraph",
  "text",
  "strong",
  "list",
  "listItem",
  "table",
  "tableRow",
  "tableCell",
  "code",
  "inlineCode",
  "html",
  "blockquote",
  "break",
]);

/** The shape of a document: its blocks and their kinds, without the texts. */
const shapeOf = (markdown: string): string[] =>
  nodesOf(markdown)
    .filter(({ type }) => ["heading", "table", "tableRow", "tableCell", "code", "list", "html"].includes(type))
    .map(({ type }) => type);

test("whatever others write, the comment is ours alone, and fits", () => {
  fc.assert(
    fc.property(hostile(busy), (list) => {
      const text = renderMarkdown(list);
      expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
      expect(text).toBe(renderMarkdown(list));
      expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/);
      const nodes = transformed(text);
      expect(nodes.map(({ type }) => type).filter((type) => !ALLOWED.has(type))).toEqual([]);
      for (const { value = "" } of nodes.filter(({ type }) => type === "html")) expect(value).toMatch(OURS);
      const tags = nodes.filter(({ type }) => type === "html").map(({ value = "" }) => value.slice(0, 9));
      expect(tags.filter((tag) => tag === "<details>").length).toBe(tags.filter((tag) => tag === "</details").length);
      for (const { value = "" } of nodes.filter(({ type }) => type === "text")) {
        expect(value).not.toMatch(/(^|[^\w])@[a-z0-9]/i);
        expect(value).not.toMatch(/[#!$&~%]\w|\bGH-\d|:[\w+-]+:|:\/\/|\bwww\./i);
      }
    }),
    { numRuns: runs(10, 300) },
  );
});

test("what is copied from the comment is what was written", () => {
  const written = "orders:8080 of @org/team, a1b2c3d4e5 #12 GH-7 www.example.com 80% http://x.example";
  const texts = nodesOf(renderMarkdown({ ...busy, base: { ...busy.base, notes: [written] } }))
    .filter(({ type }) => type === "text")
    .map(({ value = "" }) => value);
  expect(texts.join("")).toContain(written);
});

test("hostile texts change nothing in the structure of the comment", () => {
  // Sections that do not fit are left out: long texts are tried above.
  const short = hostile(busy).filter((list) => !JSON.stringify(list).includes("x".repeat(1_000)));
  fc.assert(
    fc.property(short, (list) => {
      const count = (text: string, kind: string): number => shapeOf(text).filter((type) => type === kind).length;
      const [ours, theirs] = [renderMarkdown(busy), renderMarkdown(list)];
      for (const kind of ["heading", "table"]) expect(count(theirs, kind)).toBe(count(ours, kind));
    }),
    { numRuns: runs(6, 100) },
  );
});

test("diagrams parse, whatever things are called", async () => {
  await fc.assert(
    fc.asyncProperty(hostile(busy), async (list) => {
      for (const { topology, changes } of list.clusters) {
        const diagram = diagramOf(topology.base, topology.head, new Set(changes.map(({ id }) => id)));
        await mermaid.parse(mermaidDiagram(diagram));
      }
    }),
    { numRuns: runs(8, 250) },
  );
});

test("text for a terminal holds no control characters", () => {
  fc.assert(
    fc.property(hostile(busy), (list) => {
      expect(renderText(list)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
    }),
    { numRuns: runs(10, 300) },
  );
});

test("a change of thousands of things fits, with its summary whole", () => {
  const [cluster] = busy.clusters;
  const change = cluster!.changes[0]!;
  const many: ChangeList = {
    ...busy,
    clusters: [
      {
        ...cluster!,
        changes: Array.from({ length: 5_000 }, (_, index) => ({
          ...change,
          id: `service:s${index}`,
          what: `service ${"x".repeat(200)}${index}`,
        })),
        reasons: Array.from({ length: 900 }, (_, index) => `reason ${index} ${"y".repeat(500)}`),
        bootData: Array.from({ length: 40 }, (_, index) => ({
          fleet: `f${index}`,
          files: [
            {
              path: "/etc/x",
              removed: 0,
              added: 400,
              cut: false,
              lines: Array.from({ length: 400 }, () => ({ sign: "+" as const, text: "z".repeat(100) })),
            },
          ],
        })),
      },
    ],
  };
  const text = renderMarkdown(many);
  expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
  expect(text).toMatch(/\*\*Verdict: needs attention\*\*/);
  expect(text).toContain("Not known offline");
});

test("a change list is what its schema says", () => {
  expect(changeListSchema.parse(JSON.parse(JSON.stringify(busy)))).toEqual(busy);
});

test("the comment leads with what is replaced and removed", () => {
  const rows = renderMarkdown(busy)
    .split("\n")
    .filter((line) => /^\| (⛔|⚠|−|`)/.test(line));
  expect(rows[0]).toContain("REPLACE");
  expect(renderMarkdown(busy)).toContain("### shop: ");
});

test("nothing changed is one short comment", () => {
  const list = listOf(base, base);
  expect(list.verdict).toBe("unchanged");
  expect(renderMarkdown(list).length).toBeLessThan(700);
  expect(renderMarkdown(list)).toContain("nothing changes");
});

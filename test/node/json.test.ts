import fc from "fast-check";
import { expect, test } from "vitest";
import { Hole, writeJson, type Json } from "../../node/json.js";
import { anyText } from "../program/texts.js";

/** What is read back of the pieces, with holes as what `filled` makes of them. */
const joined = (document: Json, filled: (hole: Hole) => unknown): unknown =>
  JSON.parse(
    writeJson(document)
      .map((piece) => (typeof piece === "string" ? piece : JSON.stringify(filled(piece))))
      .join(""),
  );

test("a text is a text, whatever it looks like", () => {
  for (const kind of ["content", "compose", "variable", "raw"]) {
    const text = `\u0001lightfleet:hole:${kind}:\${file("/etc/hostname")}`;
    expect(writeJson({ [text]: text })).toEqual([JSON.stringify({ [text]: text })]);
    const hole = new Hole("${x}");
    expect(writeJson({ a: text, b: hole, c: [text] })).toEqual([
      `{"a":${JSON.stringify(text)},"b":`,
      hole,
      `,"c":[${JSON.stringify(text)}]}`,
    ]);
  }
});

test("pieces are the document, for any texts and any holes among them", () => {
  const leaf = fc.oneof(
    anyText.map((text): Json => text),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    anyText.map((text) => new Hole(text)),
  );
  const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("tree"), { maxLength: 4 }),
      fc.dictionary(anyText, tie("tree"), { maxKeys: 4, noNullPrototype: true }),
    ),
  }));
  const plain = (value: Json): unknown => {
    if (value instanceof Hole) return [value.template];
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, plain(entry)]));
  };
  fc.assert(
    fc.property(tree, (document) => {
      expect(joined(document, ({ template }) => [template])).toEqual(plain(document));
    }),
  );
});

import fc from "fast-check";
import type { ChangeList } from "../../preview/schema.js";

/** What others may write where a text stands: markup of every kind, and what is no text at all. */
const TRICKS = [
  "<script>alert(1)</script>",
  "</details></summary><img src=x onerror=alert(1)>",
  "<!-- lightfleet:preview:shop -->",
  "-->",
  "```\n# title\n```",
  "~~~",
  "`````````",
  "| a | b |\n| - | - |",
  "](javascript:alert(1))",
  "![x](http://evil.example/x.png)",
  "[x]: http://evil.example",
  "http://evil.example/?q=1",
  "www.evil.example",
  "mail@evil.example",
  "@everyone @org/team",
  "fixes #1 GH-12 org/repo#3 1a2b3c4d5e6f7a8b",
  "1. one",
  "- item",
  "+ item",
  "# title",
  "> quote",
  "===",
  "---",
  "**bold** __bold__ ~~gone~~ $x$ :tada:",
  "\u001b[31mred\u001b[0m \u0007",
  "\u202ereversed\u2066",
  "\u2028\u2029\u0000\ufeff",
  "\ud800 \udfff",
  '"] end\n  click n0 href "javascript:alert(1)"',
  "subgraph end graph TD; A-->B",
  "%%{init: {'theme':'dark'}}%%",
  "#35;quot;&#124;&amp;",
  "\\\\| \\` \\",
  "`${x}` $${y} %{z}",
  "x".repeat(3_000),
  "",
];

const trick = fc.oneof(
  fc.constantFrom(...TRICKS),
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.tuple(fc.constantFrom(...TRICKS), fc.constantFrom(...TRICKS)).map(([a, b]) => a + b),
);

/** Fields that take their values from a fixed list. */
const FIXED = new Set([
  "format",
  "kind",
  "action",
  "weight",
  "severity",
  "mark",
  "verdict",
  "status",
  "state",
  "noise",
  "sign",
  "role",
]);

/** A change list with each of its texts replaced by something hostile; what is equal stays equal. */
export const hostile = (list: ChangeList): fc.Arbitrary<ChangeList> =>
  fc.array(trick, { minLength: 8, maxLength: 60 }).map((tricks) => {
    const texts = new Map<string, string>();
    return JSON.parse(
      JSON.stringify(list, (key, value: unknown) => {
        if (typeof value !== "string" || FIXED.has(key)) return value;
        let text = texts.get(value);
        if (text === undefined)
          texts.set(
            value,
            (text = `${tricks[texts.size % tricks.length] ?? ""}${texts.size % 3 === 0 ? texts.size : ""}`),
          );
        return text;
      }),
    ) as ChangeList;
  });

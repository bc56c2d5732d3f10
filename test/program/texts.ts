import fc from "fast-check";

/** Texts of the signs that Terraform's templates, JSON and Compose give a meaning to. */
export const anyTemplateText = fc.string({
  unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a", "~", "\u2028", "é"),
  maxLength: 6,
});

/** Parts that something between a program and its container reads as more than themselves: templates, YAML, JSON, shells, encodings. */
const PARTS = [
  ...[
    "{{",
    "}}",
    "{{.Service.Name}}",
    '{{"{{"}}',
    "{{`",
    "{{/*",
    '{{env "A"}}',
    "${A}",
    "$A",
    "$$",
    "$(id)",
    "%{if}",
    "%%{",
  ],
  ...[
    "🎉",
    "👩‍👩‍👧",
    "\u{10ffff}",
    "e\u0301",
    "é",
    "ﷺ",
    "\u202e",
    "\ufeff",
    "\u0085",
    "\u2028",
    "\ufffd",
    "\ufffe",
    "\uffff",
  ],
  ...["\n", "\r\n", "\t", " ", "\u00a0", "\u0001", "\u007f", "\u009b", "\ud83c", "\0"],
  ...[
    "'",
    '"',
    "\\",
    "\\u0041",
    "`",
    "#",
    ": ",
    "- ",
    "&a",
    "*a",
    "!!str ",
    "|",
    ">",
    "%",
    "@",
    "~",
    "<<",
    "---",
    "...",
  ],
  ...[
    "yes",
    "null",
    "0x1f",
    "1e3",
    "1_0",
    "012",
    "2001-01-01",
    "=",
    ",",
    "<script>",
    "../",
    "__proto__",
    "constructor",
  ],
];

/** Texts with all of Unicode, and with what is read as more than itself. Some are none that a container can have. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.array(fc.constantFrom(...PARTS), { minLength: 1, maxLength: 4 }).map((some) => some.join("")),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(anyTemplateText, fc.constantFrom(...PARTS), anyTemplateText).map((some) => some.join("")),
  },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom("", " ", "a ", " a", "\n", "a\n") },
);

/** Texts of which nothing is remarkable. */
export const plainText = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9 ._/:-]{0,20}[a-z]$/);

/** Texts of any kind, plain ones among them. */
export const anyText = fc.oneof(plainText, hostileText);

/** Texts of a certain length, to the character or byte. */
export const sized = (...lengths: readonly number[]): fc.Arbitrary<string> =>
  fc.tuple(fc.constantFrom(...lengths), fc.constantFrom("x", "é", "🎉")).map(([length, sign]) => {
    const units = Buffer.byteLength(sign);
    return sign.repeat(Math.floor(length / units)) + "x".repeat(length % units);
  });

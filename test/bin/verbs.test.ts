import { readFileSync } from "node:fs";
import { format } from "prettier";
import { expect, test } from "vitest";
import { isVerb, NAMES, unknownVerb } from "../../bin/unknown-verb.js";
import { VERBS } from "../../bin/verbs.js";
import { commandsPage } from "../../scripts/docs/commands.js";

const verbs = VERBS.flatMap((one) => ("verbs" in one ? one.verbs : one));

test("docs/commands.md is made from the list of verbs (npm run docs re-makes it)", async () => {
  const page = readFileSync(new URL("../../docs/commands.md", import.meta.url), "utf8");
  expect(page).toBe(await format(commandsPage(VERBS), { parser: "markdown", printWidth: 120 }));
});

test("a name is used once, as is what other tools call it", () => {
  const names = verbs.map(({ name }) => name);
  expect(names).toEqual([...new Set(names)]);
  const words = [...NAMES, ...verbs.flatMap(({ synonyms = [] }) => synonyms)];
  expect(words).toEqual([...new Set(words)]);
});

test("the verbs of a group begin with its name", () => {
  for (const one of VERBS)
    if ("verbs" in one) for (const { name } of one.verbs) expect(name.split(" ").slice(0, -1)).toEqual([one.name]);
});

test("options and examples are described in plain words", () => {
  for (const { name, hidden = false, options = {}, examples } of verbs) {
    if (hidden) continue;
    for (const [option, { describe }] of Object.entries(options))
      expect([name, option, describe]).toEqual([name, option, expect.stringMatching(/^[A-Z*a-z].*[^.]$/)]);
    expect(examples.length).toBeGreaterThan(0);
    for (const [line] of examples) expect(line.startsWith(name)).toBe(true);
  }
});

test.each([
  ["apply", "deploy"],
  ["plan", "diff"],
  ["rm", "destroy"],
  ["ps", "status"],
  ["new", "init"],
  ["deplyo", "deploy"],
])("'%s' is answered with '%s'", (word, verb) => {
  expect(unknownVerb(word)).toBe(`unknown command: ${word}; did you mean ${verb}?`);
});

test("a word that is near to no verb gets no guess, and a hidden verb is none", () => {
  expect(unknownVerb("xylophone")).toBe("unknown command: xylophone");
  expect(NAMES).not.toContain("preview-side");
  expect(isVerb("preview-side")).toBe(true);
});

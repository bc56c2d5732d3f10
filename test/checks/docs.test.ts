import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { expect, test } from "vitest";
import { pages } from "../../checks/pages.js";
import { RULES } from "../../checks/registry.js";

const folder = fileURLToPath(new URL("../../docs/checks/", import.meta.url));

test("the pages of the rules are made from the rules' own text (npm run docs re-makes them)", async () => {
  const made = pages();
  expect(readdirSync(folder).sort()).toEqual([...made.keys()].sort());
  for (const [name, text] of made)
    expect(readFileSync(folder + name, "utf8")).toBe(await format(text, { parser: "markdown", printWidth: 120 }));
});

test("codes are unique and in order, texts are whole, and each rule is tested by a program", () => {
  const codes = RULES.map(({ code }) => code);
  expect(codes).toEqual([...new Set(codes)].sort());
  const tests = readdirSync(fileURLToPath(new URL(".", import.meta.url)))
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(fileURLToPath(new URL(name, import.meta.url)), "utf8"))
    .join("\n");
  for (const { code, title, why, fix } of RULES) {
    expect(title).toMatch(/^[^A-Z].*[^.]$/);
    expect(why.length).toBeGreaterThan(80);
    expect(fix).toMatch(/[^.]$/);
    expect(tests).toContain(code);
  }
});

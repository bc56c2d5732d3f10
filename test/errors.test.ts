import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ERRORS, type ErrorEntry } from "../errors/catalog.js";
import { LightfleetError } from "../errors/error.js";
import { errorsPage } from "../scripts/docs/errors.js";

const FOLDERS = [
  "bin",
  "checks",
  "commands",
  "constructs",
  "model",
  "node",
  "operations",
  "lib",
  "preview",
  "providers",
  "sandbox",
  "stacks",
  "terraform",
];

const ENTRIES: readonly (readonly [string, ErrorEntry])[] = Object.entries(ERRORS);

const SOURCES = execFileSync("git", ["ls-files", ...FOLDERS], { encoding: "utf8" })
  .split("\n")
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(file, "utf8"))
  .join("\n");

/** Codes of errors; of LF1xx to LF5xx, which are the checks', only those that the catalogue has. */
const codesIn = (text: string): string[] => [
  ...new Set(
    [...text.matchAll(/\bLF\d\d\d\b/g)].map(([code]) => code).filter((code) => /^LF[06]/.test(code) || code in ERRORS),
  ),
];

test("each code in the code is in the catalogue, and the other way round", () => {
  expect(codesIn(SOURCES).sort()).toEqual(Object.keys(ERRORS).sort());
});

test("an error is thrown with a kind that the catalogue has for its code", () => {
  const thrown = [...SOURCES.matchAll(/code: "(LF\d\d\d)",\s*kind: "(\w+)"/g)];
  expect(thrown.length).toBeGreaterThan(80);
  const wrong = thrown.filter(
    ([, code, kind]) => ![ENTRIES.find(([name]) => name === code)?.[1].kind].flat().includes(kind as never),
  );
  expect(wrong.map(([text]) => text)).toEqual([]);
});

test("docs/errors.md is made from the catalogue (npm run docs re-makes it)", () => {
  expect(readFileSync("docs/errors.md", "utf8")).toBe(errorsPage());
  // No area is left out, and a code has one row.
  expect(errorsPage().match(/^\| LF\d\d\d /gm)).toHaveLength(ENTRIES.length);
});

test("titles and cures are lower case without a full stop, and fit into a table", () => {
  for (const [code, { title, cure = "see" }] of ENTRIES)
    for (const text of [title, cure]) expect([code, text]).toEqual([code, expect.stringMatching(/^[^|\n]*[^|.\n]$/)]);
});

test("a code that the catalogue has not does not compile", () => {
  // @ts-expect-error: the code is unknown
  expect(new LightfleetError("text", { code: "LF999", kind: "config" }).code).toBe("LF999");
});

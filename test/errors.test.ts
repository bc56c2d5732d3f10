import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDERS = [
  "bin",
  "checks",
  "commands",
  "constructs",
  "model",
  "node",
  "operations",
  "preview",
  "providers",
  "sandbox",
  "stacks",
  "terraform",
];

const codesIn = (text: string): string[] => [...new Set(text.match(/\bLF[06]\d\d\b/g))].sort();

test("docs/errors.md explains each code that can be thrown, and no other", () => {
  const files = execFileSync("git", ["ls-files", ...FOLDERS], { encoding: "utf8" }).split("\n");
  const sources = files.filter((file) => file.endsWith(".ts")).map((file) => readFileSync(file, "utf8"));
  const documented = readFileSync("docs/errors.md", "utf8").match(/^\| LF[06]\d\d/gm) ?? [];
  expect(codesIn(documented.join("\n"))).toEqual(codesIn(sources.join("\n")));
  // Each has one meaning.
  expect(documented).toHaveLength(new Set(documented).size);
});

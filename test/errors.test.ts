import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const FOLDERS = ["bin", "commands", "constructs", "model", "node", "providers", "sandbox", "stacks", "terraform"];

const codesIn = (text: string): string[] => [...new Set(text.match(/\bLF(?:0\d\d|65\d)\b/g))].sort();

test("docs/errors.md explains each code that can be thrown, and no other", () => {
  const files = execFileSync("git", ["ls-files", ...FOLDERS], { encoding: "utf8" }).split("\n");
  const sources = files.filter((file) => file.endsWith(".ts")).map((file) => readFileSync(file, "utf8"));
  const documented =
    readFileSync("docs/errors.md", "utf8")
      .match(/^\| LF(?:0\d\d|65\d)/gm)
      ?.join("\n") ?? "";
  expect(codesIn(documented)).toEqual(codesIn(sources.join("\n")));
});

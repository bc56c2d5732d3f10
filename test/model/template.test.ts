import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { literalTemplate } from "../../model/template.js";

test("texts that Terraform reads as they are stay as they are", () => {
  for (const text of ["", "a", "$", "$HOME", "100%", "{}", 'say "hi"', "a\\n\n", "$ {x}"])
    expect(literalTemplate(text)).toBe(text);
});

test("the common case is readable", () => {
  expect(literalTemplate("${HOME}/%{x}")).toBe("$${HOME}/%%{x}");
});

/** Texts of the signs that templates and JSON give a meaning to. */
const anyText = fc.string({ unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a", "~"), maxLength: 6 });
const texts = [
  ...["${", "%{", "$${", "$$${", "%%{", "%%%{", "$%{", "%${", "$", "$$", "%", "$${x}", "${", "#{", "${~ x ~}"],
  ...fc.sample(anyText, 300),
];

describe("Terraform itself", () => {
  let dir = "";
  let terraform = true;
  beforeAll(() => {
    try {
      execFileSync("terraform", ["version"], { stdio: "ignore" });
    } catch {
      terraform = false;
      process.stderr.write("skipped: no terraform on PATH\n");
    }
    dir = mkdtempSync(join(tmpdir(), "lightfleet-template-"));
  });
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });

  test("reads each text as it was meant, alone and around a sequence", ({ skip }) => {
    skip(!terraform, "no terraform on PATH");
    const alone = texts.map((text) => literalTemplate(text));
    const around = texts.map((text) => `${literalTemplate(text, true)}\${local.x}${literalTemplate(text)}`);
    const output = { alone: { value: alone }, around: { value: around } };
    writeFileSync(join(dir, "main.tf.json"), JSON.stringify({ locals: { x: "-" }, output }));
    const run = (...args: string[]): string =>
      execFileSync("terraform", args, { cwd: dir, encoding: "utf8", stdio: "pipe" });
    run("apply", "-auto-approve", "-input=false");
    expect(JSON.parse(run("output", "-json"))).toMatchObject({
      alone: { value: texts },
      around: { value: texts.map((text) => `${text}-${text}`) },
    });
  });
});

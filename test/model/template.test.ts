import fc from "fast-check";
import { expect, test } from "vitest";
import { literalTemplate } from "../../model/template.js";
import { applied, terraformIsThere } from "../program/terraform.js";
import { anyTemplateText } from "../program/texts.js";

test("texts that Terraform reads as they are stay as they are", () => {
  for (const text of ["", "a", "$", "$HOME", "100%", "{}", 'say "hi"', "a\\n\n", "$ {x}"])
    expect(literalTemplate(text)).toBe(text);
});

test("the common case is readable", () => {
  expect(literalTemplate("${HOME}/%{x}")).toBe("$${HOME}/%%{x}");
});

test.skipIf(!terraformIsThere())("Terraform reads each text as it was meant, alone and around a sequence", () => {
  const signs = ["$", "%", "{", "x"];
  const longer = (texts: readonly string[]): string[] => texts.flatMap((text) => signs.map((sign) => text + sign));
  const [two, four] = [longer(signs), longer(longer(longer(signs)))];
  const texts = [...signs, ...two, ...four, "$$${x}", "#{", "${~ x ~}", ...fc.sample(anyTemplateText, 300)];
  const alone = texts.map((text) => literalTemplate(text));
  const around = texts.map((text) => `${literalTemplate(text, true)}\${local.x}${literalTemplate(text)}`);
  const outputs = applied({ locals: { x: "-" }, output: { alone: { value: alone }, around: { value: around } } });
  expect(outputs).toEqual({ alone: texts, around: texts.map((text) => `${text}-${text}`) });
});

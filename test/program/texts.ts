import fc from "fast-check";

/** Texts of the signs that Terraform's templates, JSON and Compose give a meaning to. */
export const anyTemplateText = fc.string({
  unit: fc.constantFrom("$", "%", "{", "}", '"', "\\", "\n", "a", "~", "\u2028", "é"),
  maxLength: 6,
});

/**
 * A text as a Terraform template that comes to just that text (Terraform documentation, "Strings and Templates").
 * `${` and `%{` are doubled; where more of their signs stand in a row, of either kind, or one stands before a sequence that
 * follows, doubling would be read in another way, so that they stand in a string of their own.
 * @param before whether a sequence (`${…}`) follows right after the text
 */
export function literalTemplate(text: string, before = false): string {
  // Most texts hold neither sequence, and some are megabytes long.
  if (!before && !text.includes("${") && !text.includes("%{")) return text;
  const signs = before ? /[$%]+(?=\{)|[$%]*\$$/g : /[$%]+(?=\{)/g;
  return text.replace(signs, (run: string, at: number) =>
    run.length === 1 && text[at + 1] === "{" ? run + run : `\${"${run}"}`,
  );
}

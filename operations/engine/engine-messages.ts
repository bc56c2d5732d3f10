import type { Finding } from "../../errors/error.js";

/** What the engine advises to do with its own command line, beside Lightfleet and against what it does. */
const ADVICE = /\s+(?:Running "\w+ apply" again|(?:Terraform|OpenTofu) acquires a (?:state )?lock) [^]*$/;

/** A finding without that advice. */
export const withoutAdvice = (finding: Finding): Finding => ({
  ...finding,
  message: finding.message.replace(ADVICE, ""),
});

/** What the engine says, as one line; where that is long, what it begins with: the rest is told below. */
export function firstReason(text: string): string {
  const line = oneLine(text);
  return line.length > 300 ? (line.split(": ")[0] ?? "").slice(0, 300) : line;
}

/** A text without line breaks, and without its full stop. */
export const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim().replace(/\.$/, "");

import type { Rule, Severity } from "./rule.js";

/** What a rule says about itself, as text of paragraphs: `check --explain` and the rule's page in the documentation. */
export interface Explanation {
  readonly code: string;
  readonly title: string;
  /** How bad a finding is, as a phrase. */
  readonly severity: string;
  readonly why: string;
  readonly fix: string;
}

/** The text of a rule, its line breaks taken out. */
export function explain({ code, title, severity, inProduction, why, fix }: Rule): Explanation {
  const phrase = describeSeverity(severity, inProduction);
  return { code, title, severity: phrase, why: why.replace(/\s+/g, " ").trim(), fix };
}

function describeSeverity(severity: Severity, inProduction: Severity | undefined): string {
  if (inProduction === undefined || inProduction === severity) return `${article(severity)} ${severity}`;
  return `${article(severity)} ${severity}; ${article(inProduction)} ${inProduction} in a cluster that is marked 'production'`;
}

const article = (severity: Severity): string => (severity === "error" ? "an" : "a");

/** The rule's page in the documentation. */
export function page(rule: Rule): string {
  const { code, title, severity, why, fix } = explain(rule);
  return `# ${code}: ${title}

A finding of this rule is ${severity}.

${wrap(why)}

## What to do

${wrap(`${capital(fix)}.`)}

Where it is right as it is, the program says why, and every report shows it:

\`\`\`ts
construct.acknowledge("${code}", "…");
\`\`\`
`;
}

/** The list of all pages. */
export function index(rules: readonly Rule[]): string {
  const rows = rules.map((rule) => `| [${rule.code}](${rule.code}.md) | ${rule.title} | ${explain(rule).severity} |`);
  return `# Checks

\`lightfleet check\` runs these rules over what a program describes; \`synth\` and \`deploy\` run them too, and end where one finds
an error. Nothing is asked of any account. \`lightfleet check --explain LF101\` shows a page in the terminal.

LF1xx capacity · LF2xx failure · LF3xx limits and ports · LF4xx topology · LF5xx supply

| code | what is to hold | a finding is |
| --- | --- | --- |
${rows.join("\n")}
`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function wrap(text: string): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines[lines.length - 1] ?? "";
    if (line.length + word.length + 1 > 120 && line !== "") lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

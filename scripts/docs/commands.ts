import type { Options } from "yargs";
import { placeholder } from "../../bin/parser.js";
import type { Verb, VerbGroup } from "../../bin/verb.js";

/** docs/commands.md: the table of all verbs, then each with its arguments, options and examples. */
export function commandsPage(list: readonly (Verb | VerbGroup)[]): string {
  const verbs = list.flatMap((one) => ("verbs" in one ? one.verbs : one)).filter(({ hidden = false }) => !hidden);
  return `# Commands

Every command also takes \`--directory\` (\`-C\`), the folder of the project, \`--json\`, which prints the result as JSON, \`--debug\`, which
shows stack traces of errors, and \`--help\`. This page is made from the command line's own list (\`npm run docs\`).

| command | what it does |
|---|---|
${verbs.map((verb) => `| [\`lightfleet ${verb.name}\`](#${anchor(verb)}) | ${cell(lowerFirst(verb.summary))} |`).join("\n")}

${verbs.map(section).join("\n")}`;
}

function section(verb: Verb): string {
  const { positionals = {}, options = {}, examples } = verb;
  const usage = [verb.name, ...Object.keys(positionals).map((name) => placeholder(name, verb))].join(" ");
  const rows = [
    ...Object.entries(positionals).map(([name, one]) => [`\`${name}\``, one.describe]),
    ...Object.entries(options).map(([name, one]) => [`\`${flags(name, one)}\``, one.describe]),
  ].map(([name = "", text = ""]) => `| ${name} | ${cell(text)} |`);
  const table = rows.length === 0 ? "" : `\n| argument | meaning |\n|---|---|\n${rows.join("\n")}\n`;
  const lines = examples.map(([line, explanation]) => `lightfleet ${line}   # ${explanation}`);
  return `## ${heading(verb)}
${verb.summary}.
\`\`\`
lightfleet ${usage}
\`\`\`
${table}
\`\`\`sh
${lines.join("\n")}
\`\`\`
`;
}

/** An option as it is typed, with its short form; one that is on by default is typed to turn it off. */
function flags(name: string, { alias, type, default: preset }: Options): string {
  const typed = preset === true ? `--no-${name}` : `--${name}`;
  const short = typeof alias === "string" && alias.length === 1 ? `, -${alias}` : "";
  if (type === "boolean") return typed + short;
  return `${typed}${short} ${type === "number" ? "NUMBER" : "VALUE"}`;
}

const heading = ({ name }: Verb): string => name;

const anchor = (verb: Verb): string => heading(verb).replaceAll(" ", "-");

const cell = (text: string): string => text.replaceAll("|", "\\|").replaceAll("*", "\\*");

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

import { ERRORS, type ErrorEntry } from "../../errors/catalog.js";

/** The sections of the page, in order. */
const SECTIONS: readonly (readonly [area: ErrorEntry["area"], heading: string, intro?: string])[] = [
  ["program", "The program", "All mistakes of a program are reported at once; nothing is written then."],
  ["files", "Files"],
  ["command-line", "The command line"],
  ["preview", "The preview"],
  ["engine", "The engine"],
  ["cloud", "AWS, asked by Lightfleet itself"],
  ["sandbox", "The sandbox, and bugs in Lightfleet"],
];

/** docs/errors.md: a table of the catalogue for each area. */
export function errorsPage(): string {
  const sections = SECTIONS.map(([area, heading, intro]) => {
    const head = intro === undefined ? `## ${heading}` : `## ${heading}\n${intro}\n`;
    return `${head}\n| code | meaning | what to do |\n|---|---|---|\n${rows(area)}\n`;
  });
  return `# Errors

Every error has a permanent code. \`LF1xx\` to \`LF5xx\` are [checks](checks/README.md); the others are below. An error says where
(construct and line of your program, if it has one), what was received, what is allowed, and what to do. This page is made from
the catalogue in \`errors/catalog.ts\` (\`npm run docs\`).

${sections.join("\n")}`;
}

function rows(area: ErrorEntry["area"]): string {
  const entries: readonly (readonly [string, ErrorEntry])[] = Object.entries(ERRORS);
  return entries
    .filter(([, entry]) => entry.area === area)
    .map(([code, { title, cure }]) => `| ${code} | ${title} | ${cure === undefined ? "" : `${cure} `}|`)
    .join("\n");
}

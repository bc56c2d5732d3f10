/** Control characters, and those that turn the direction of text around or have no width. */
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g;
/** Half of a pair alone is no character. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Text of others on one line, without what is no text. */
export const plain = (text: string): string =>
  text
    .replace(UNSAFE, "")
    .replace(LONE, "\ufffd")
    .replace(/[\s\u0085]+/g, " ")
    .trim();

/** Signs that Markdown, GitHub or HTML may read as more than themselves, wherever they stand. */
const SIGNS = /[\\`*_{}[\]<>#!|~@&$:"^%]/g;
/** Signs that names, numbers and addresses begin with, as GitHub and GitLab link them. */
const LINKING = "@#:!~&$%";
/** Where a text is parted. No text of others holds it: see {@link plain}. */
const PART = "\u2060";
/** What parts it: both servers look for what to link within one text at a time, and nobody sees or copies an empty element. */
const PARTED = "<b></b>";

const reference = (sign: string): string => `&#${sign.charCodeAt(0)};`;

/**
 * Text of others in a Markdown line or table cell: each sign that may mean something is a character reference, which Markdown never
 * reads as markup. GitHub and GitLab look for mentions, issues, commits and links in what comes of that: those are parted.
 */
export function markdown(text: string): string {
  return plain(text)
    .replace(/\b(?=[0-9a-f]{7,40}\b)[0-9a-f]/gi, (digit) => digit + PART)
    .replace(/\b(GH)-(?=\d)/gi, `$1-${PART}`)
    .replace(/\bwww(?=\.)/gi, (word) => word + PART)
    .replace(SIGNS, (sign, at: number, all: string) =>
      LINKING.includes(sign) && all[at + 1] !== " " ? reference(sign) + PART : reference(sign),
    )
    .replace(/(?<!\w)[-+=]|[-+=](?!\w)/g, reference)
    .replace(/^(\d+)([.)])/, (_, digits: string, sign: string) => digits + reference(sign))
    .replaceAll(PART, PARTED);
}

/** Text in a code block whose fence is longer than any run of backticks in it. */
export function codeBlock(lines: readonly string[], language: string): string[] {
  const clean = lines.map((line) =>
    line
      .replace(UNSAFE, "")
      .replace(LONE, "\ufffd")
      .replace(/[\r\n\t]/g, " "),
  );
  const longest = Math.max(2, ...clean.flatMap((line) => (line.match(/`+/g) ?? []).map((run) => run.length)));
  const fence = "`".repeat(longest + 1);
  return [`${fence}${language}`, ...clean, fence];
}

export const html = (text: string): string =>
  text
    .replace(UNSAFE, "")
    .replace(LONE, "\ufffd")
    .replace(/[&<>"'`=]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The same where lines break: after the signs that names are made of, so that no word is broken. What breaks a line is not copied. */
export const flowing = (text: string): string => html(text).replace(/[._/:,](?=[\p{L}\p{N}])/gu, "$&<wbr>");

/** A label of a Mermaid diagram: letters, digits and a few quiet signs; all else as the entity codes that Mermaid knows. */
export const mermaid = (text: string): string =>
  [...plain(text).slice(0, 80)]
    .map((sign) => (/[\p{L}\p{N} .,/-]/u.test(sign) ? sign : `#${sign.codePointAt(0)};`))
    .join("");

/** A text of Graphviz's language, with its quotes. */
export const dot = (text: string): string => `"${plain(text).replace(/["\\]/g, (sign) => `\\${sign}`)}"`;

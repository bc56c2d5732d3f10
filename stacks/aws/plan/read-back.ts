import { gunzipSync } from "node:zlib";
import { RELEASE_KEY } from "../names.js";
import { type Fields, listOf, recordOf } from "../../../lib/records.js";

/** A file that a VM finds at its first boot. */
export interface BootFile {
  readonly path: string;
  /** As cloud-init gets it. */
  readonly content: string;
  /** How the content is written, where it is not plain text, as in `b64`. */
  readonly encoding?: string;
}

/** Reads a launch template's user data back: files in order, and what else the cloud-config says. @throws where it is none */
export function readUserData(userData: string): { readonly files: readonly BootFile[]; readonly rest: Fields } {
  const config = gunzipSync(Buffer.from(userData, "base64")).toString("utf8");
  const { write_files: files, ...rest } = recordOf(JSON.parse(config.replace(/^#cloud-config\n/, "")));
  return { files: listOf(files).map(readFile), rest };
}

function readFile(file: unknown): BootFile {
  const { path, content, encoding } = recordOf(file);
  return { path: text(path), content: text(content), ...(typeof encoding === "string" && { encoding }) };
}

/**
 * Reads the release bundle back out of Terraform JSON: the content of its object, or the local that it names, with
 * Terraform's escapes taken out.
 * @param hole what stands for a value that only Terraform knows, from its expression
 * @throws SyntaxError where it is no JSON
 */
export function readRelease(json: unknown, hole: (expression: string) => unknown): unknown {
  const objects = Object.values(recordOf(recordOf(recordOf(json)["resource"])["aws_s3_object"])).map(recordOf);
  const content = text(objects.find(({ key }) => key === RELEASE_KEY)?.["content"]);
  const local = /^\$\{local\.(\w+)\}$/.exec(content)?.[1];
  const template = local === undefined ? content : text(recordOf(recordOf(json)["locals"])[local]);
  // Most have neither sequence, and are megabytes long.
  if (!template.includes("${") && !template.includes("%%{")) return JSON.parse(template);
  const mark = unusedIn(template);
  const expressions: string[] = [];
  const document = template.replace(SEQUENCE, (all, expression?: string, signs?: string) =>
    expression === undefined ? (signs ?? all.slice(1)) : `"${mark}${expressions.push(expression) - 1}"`,
  );
  return JSON.parse(document, (_, value: unknown) =>
    typeof value === "string" && value.startsWith(mark)
      ? hole(expressions[Number(value.slice(mark.length))] ?? "")
      : value,
  );
}

/** A text that another one does not hold, so that nothing in there is taken for it. */
function unusedIn(text: string): string {
  for (let number = 0; ; number++) {
    const mark = `hole-${number}-`;
    if (!text.includes(mark)) return mark;
  }
}

/** What is no text in a template: a value that only Terraform knows, signs in a string of their own, and a doubled sign. */
const SEQUENCE = /\$\{jsonencode\((.*?)\)\}|\$\{"([$%]+)"\}|\$\$\{|%%\{/g;

const text = (value: unknown): string => (typeof value === "string" ? value : "");

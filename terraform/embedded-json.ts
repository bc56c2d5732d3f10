import { gunzipSync } from "node:zlib";

/** How gzip begins, in base64. */
const GZIP = "H4sI";
/** Ample for what a VM boots with, which is 16 KiB when it is compressed. */
const MOST = 4 * 1024 * 1024;

/** The JSON document that an attribute holds as text, be it compressed boot data; undefined where it holds none. */
export function document(value: unknown): unknown {
  if (typeof value !== "string") return undefined;
  const text = value.startsWith(GZIP) ? unpack(value) : value;
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text behind the line that names its kind, as in `#cloud-config`; empty where it is something else. */
function unpack(base64: string): string {
  try {
    const text = gunzipSync(Buffer.from(base64, "base64"), { maxOutputLength: MOST }).toString("utf8");
    return text.replace(/^#[\w-]+\n/, "");
  } catch {
    return "";
  }
}

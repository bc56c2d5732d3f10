import type { ChangeList } from "../../preview/schema.js";

export const FORMATS = ["text", "markdown", "json", "html"] as const;
export type Format = (typeof FORMATS)[number];

/** A change list in a format; each renderer is loaded only where it is asked for. */
export async function renderAs(format: Format, changes: ChangeList): Promise<string> {
  switch (format) {
    case "json":
      return `${JSON.stringify(changes, null, 2)}\n`;
    case "text":
      return (await import("../../preview/render/text.js")).renderText(changes);
    case "markdown":
      return (await import("../../preview/render/markdown.js")).renderMarkdown(changes);
    case "html":
      return (await import("../../preview/render/html.js")).renderHtml(changes);
  }
}

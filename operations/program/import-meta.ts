import { readFile } from "node:fs/promises";
import { dirname, extname } from "node:path";
import { pathToFileURL } from "node:url";
import type { Loader, Plugin } from "esbuild";

/** What a module may ask about itself, and the constant that answers in the bundle. Esbuild leaves alone what a module declares itself. */
export const META_NAMES = {
  "import.meta.url": "__lightfleet_url",
  "import.meta.filename": "__lightfleet_filename",
  "import.meta.dirname": "__lightfleet_dirname",
  __filename: "__lightfleet_filename",
  __dirname: "__lightfleet_dirname",
};

const USE = /\bimport\.meta\.(url|filename|dirname)\b|\b__(filename|dirname)\b/;

/** Whether code asks where it is. It may be wrong where a text or a comment holds the words: that costs time only. */
export function asksWhereItIs(code: string): boolean {
  return USE.test(code);
}

/** In a bundle, all modules would be the bundle's file: this gives each its own constants, on its first line. */
export const metaPlugin: Plugin = {
  name: "lightfleet-meta",
  setup(build) {
    build.onLoad({ filter: /\.[cm]?[jt]sx?$/ }, async ({ path }) => {
      const text = await readFile(path, "utf8");
      if (!asksWhereItIs(text)) return undefined;
      return { contents: withConstants(text, path), loader: loaderOf(path) };
    });
  },
};

function withConstants(text: string, path: string): string {
  const constants = [
    `__lightfleet_url=${JSON.stringify(pathToFileURL(path).href)}`,
    `__lightfleet_filename=${JSON.stringify(path)}`,
    `__lightfleet_dirname=${JSON.stringify(dirname(path))}`,
  ];
  const shebang = /^#!.*\n/.exec(text)?.[0] ?? "";
  return `${shebang}const ${constants.join(",")};${text.slice(shebang.length)}`;
}

function loaderOf(path: string): Loader {
  const ending = extname(path);
  if (ending === ".tsx") return "tsx";
  if (ending === ".jsx") return "jsx";
  return ending.includes("t") ? "ts" : "js";
}

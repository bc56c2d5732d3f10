#!/usr/bin/env node
/** Writes the docs that are made from code: docs/checks/ from the rules, docs/commands.md from the verbs, docs/errors.md from the catalogue. Tests compare them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { format } from "prettier";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "docs", "checks");
const lazy = ({ kind, path }) => (kind === "dynamic-import" ? { path, external: true } : undefined);
const write = async (name, text) =>
  writeFileSync(join(root, "docs", name), await format(text, { parser: "markdown", printWidth: 120 }));
const temporary = mkdtempSync(join(tmpdir(), "lightfleet-docs-"));
try {
  const outfile = join(temporary, "pages.mjs");
  await build({
    stdin: {
      contents: `
        export { pages } from "./checks/pages.js";
        export { errorsPage } from "./scripts/docs/errors.js";
        export { commandsPage } from "./scripts/docs/commands.js";
        export { VERBS } from "./bin/verbs.js";`,
      resolveDir: root,
      loader: "ts",
    },
    // What verbs load when they are called is not needed here.
    plugins: [{ name: "lazy", setup: ({ onResolve }) => onResolve({ filter: /./ }, lazy) }],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "warning",
  });
  const { commandsPage, errorsPage, pages, VERBS } = await import(pathToFileURL(outfile).href);
  const files = pages();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
  for (const [name, text] of files) await write(join("checks", name), text);
  await write("commands.md", commandsPage(VERBS));
  writeFileSync(join(root, "docs", "errors.md"), errorsPage());
  console.log(`docs: ${files.size} pages of checks, commands.md, errors.md`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

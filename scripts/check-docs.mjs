#!/usr/bin/env node
/** Writes docs/checks/ from the rules' own text: a page a rule, and the list of them. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { format } from "prettier";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "docs", "checks");
const temporary = mkdtempSync(join(tmpdir(), "lightfleet-docs-"));
try {
  const outfile = join(temporary, "pages.mjs");
  await build({
    stdin: { contents: 'export { pages } from "./checks/pages.js";', resolveDir: root, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
    logLevel: "warning",
  });
  const { pages } = await import(pathToFileURL(outfile).href);
  const files = pages();
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
  for (const [name, text] of files)
    writeFileSync(join(folder, name), await format(text, { parser: "markdown", printWidth: 120 }));
  console.log(`docs/checks: ${files.size} pages`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

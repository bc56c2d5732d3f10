/**
 * The floor: the documents of a synthesis as plain objects, built property by property and written, documents inside
 * documents (policies, the release bundle) included. Nothing is checked, resolved or sorted.
 *
 *   node plain.mjs FROM TO
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const [from, to] = process.argv.slice(2);

const build = (value) => {
  if (typeof value === "string" && value.startsWith('{"')) return JSON.stringify(build(JSON.parse(value)));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(build);
  const made = {};
  for (const key in value) made[key] = build(value[key]);
  return made;
};

for (const entry of readdirSync(from, { withFileTypes: true, recursive: true })) {
  if (!entry.isFile() || !entry.name.endsWith(".json")) continue;
  const source = join(entry.parentPath, entry.name);
  const file = join(to, relative(from, source));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(build(JSON.parse(readFileSync(source, "utf8"))), null, 2)}\n`);
}

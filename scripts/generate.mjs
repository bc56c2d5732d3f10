/**
 * Makes the generated files of providers/aws again, from the real provider: `npm run generate`.
 * `npm run generate -- bindings` makes the bindings alone, from the schema that is there.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renderBindings } from "./generate/bindings.mjs";
import { installProvider } from "./generate/provider.mjs";
import { filterSchema, renderSchema } from "./generate/schema.mjs";

const file = (name) => fileURLToPath(new URL(`../providers/aws/${name}`, import.meta.url));
const read = (name) => JSON.parse(readFileSync(file(name), "utf8"));
const wanted = new Set(process.argv.slice(2));
const make = (name) => wanted.size === 0 || wanted.has(name);

const types = read("types.json");
const provider = make("schema") || make("facts") ? installProvider(types.version) : undefined;
try {
  if (provider && make("schema"))
    writeFileSync(file("schema.json"), renderSchema(filterSchema(provider.schema(), types)));
  if (make("bindings")) writeFileSync(file("bindings.gen.ts"), renderBindings(read("schema.json")));
} finally {
  provider?.remove();
}

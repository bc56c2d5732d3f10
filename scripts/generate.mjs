/**
 * Makes the generated files of providers/aws again, from the real provider: `npm run generate`.
 * `npm run generate -- bindings` (or `schema`, or `facts`) makes that one alone.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { renderBindings } from "./generate/bindings.mjs";
import { factsOf, renderFacts } from "./generate/facts.mjs";
import { startPlugin } from "./generate/plugin.mjs";
import { installProvider, PROVIDER_ARGUMENTS } from "./generate/provider.mjs";
import { filterSchema, renderSchema } from "./generate/schema.mjs";
import { nullBlock } from "./generate/value.mjs";

const file = (name) => fileURLToPath(new URL(`../providers/aws/${name}`, import.meta.url));
const read = (name) => JSON.parse(readFileSync(file(name), "utf8"));
const wanted = new Set(process.argv.slice(2));
const make = (name) => wanted.size === 0 || wanted.has(name);

/** All questions to one process of the provider; they take about a minute. */
async function facts(executable) {
  const schema = read("schema.json");
  const plugin = await startPlugin(executable);
  try {
    await plugin.configure({ ...nullBlock(schema.provider.block), ...PROVIDER_ARGUMENTS });
    const found = {};
    for (const [type, { block }] of Object.entries(schema.resources)) found[type] = await factsOf(plugin, type, block);
    return renderFacts({ source: schema.provider.source, version: schema.provider.version }, found);
  } finally {
    await plugin.stop();
  }
}

const types = read("types.json");
const provider = make("schema") || make("facts") ? installProvider(types.version) : undefined;
try {
  if (provider && make("schema"))
    writeFileSync(file("schema.json"), renderSchema(filterSchema(provider.schema(), types)));
  if (make("bindings")) writeFileSync(file("bindings.gen.ts"), renderBindings(read("schema.json")));
  if (provider && make("facts")) writeFileSync(file("facts.json"), await facts(provider.executable()));
} finally {
  provider?.remove();
}

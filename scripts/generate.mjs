/**
 * Makes the generated files of providers/aws again, from the real provider: `npm run generate`.
 *
 * npm run generate -- bindings             makes the bindings alone (or `schema`, or `facts`)
 * npm run generate -- --check [names]      writes nothing, says what is out of date, and ends with 1 if anything is
 * npm run generate -- --check facts --types=aws_vpc,aws_subnet   asks about these types only
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { renderBindings } from "./generate/bindings.mjs";
import { factsOf, renderFacts } from "./generate/facts.mjs";
import { startPlugin } from "./generate/plugin.mjs";
import { installProvider, PROVIDER_ARGUMENTS } from "./generate/provider.mjs";
import { filterSchema, renderSchema } from "./generate/schema.mjs";
import { nullBlock } from "./generate/value.mjs";

const { values: options, positionals } = parseArgs({
  options: { check: { type: "boolean", default: false }, types: { type: "string" } },
  allowPositionals: true,
});
const file = (name) => fileURLToPath(new URL(`../providers/aws/${name}`, import.meta.url));
const readJson = (name) => JSON.parse(readFileSync(file(name), "utf8"));
const wanted = (name) => positionals.length === 0 || positionals.includes(name);

function put(name, content) {
  if (!options.check) return writeFileSync(file(name), content);
  if (readFileSync(file(name), "utf8") === content) return console.log(`${name} is up to date`);
  console.error(`${name} is out of date: npm run generate`);
  process.exitCode = 1;
}

/** All questions to one process of the provider; for all types they take about a minute. */
async function facts(executable) {
  const schema = readJson("schema.json");
  const types = options.types?.split(",") ?? Object.keys(schema.resources);
  const known = options.types ? readJson("facts.json").types : {};
  const plugin = await startPlugin(executable);
  try {
    await plugin.configure({ ...nullBlock(schema.provider.block), ...PROVIDER_ARGUMENTS });
    for (const type of types) known[type] = await factsOf(plugin, type, schema.resources[type].block);
    return renderFacts({ source: schema.provider.source, version: schema.provider.version }, known);
  } finally {
    await plugin.stop();
  }
}

const types = readJson("types.json");
const provider = wanted("schema") || wanted("facts") ? installProvider(types.version) : undefined;
try {
  if (provider && wanted("schema")) put("schema.json", renderSchema(filterSchema(provider.schema(), types)));
  if (wanted("bindings")) put("bindings.gen.ts", renderBindings(readJson("schema.json")));
  if (provider && wanted("facts")) put("facts.json", await facts(provider.executable()));
} finally {
  provider?.remove();
}

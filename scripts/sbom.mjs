#!/usr/bin/env node
/**
 * Writes dist/sbom.cdx.json, the bill of materials that the package carries (CycloneDX, by `npm sbom`): what is installed with it, and
 * what the build took into dist/, which npm alone would call a development dependency and leave out.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const sbom = () =>
  JSON.parse(
    execFileSync("npm", ["sbom", "--sbom-format=cyclonedx", "--package-lock-only"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
    }),
  );

/** Packages that the build read, as in `pbf@5.1.2`. */
function bundled() {
  const stamps = join(root, "dist/.stamps");
  const inputs = readdirSync(stamps)
    .filter((name) => name.endsWith(".json"))
    .flatMap((name) => Object.keys(JSON.parse(readFileSync(join(stamps, name), "utf8")).inputs));
  const folders = new Set(inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []));
  return new Set(
    [...folders].map((folder) => {
      const { name, version } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      return `${name}@${version}`;
    }),
  );
}

/** What is installed with the package: its dependencies, and theirs. npm's own `--omit=dev` leaves out what a tool needs as well. */
function installed({ components, dependencies }) {
  const graph = new Map(dependencies.map(({ ref, dependsOn = [] }) => [ref, dependsOn]));
  const { dependencies: direct } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const locked = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const found = new Set();
  const queue = Object.keys(direct).map((name) => `${name}@${locked[`node_modules/${name}`].version}`);
  for (let ref = queue.pop(); ref !== undefined; ref = queue.pop()) {
    if (found.has(ref)) continue;
    found.add(ref);
    queue.push(...(graph.get(ref) ?? []));
  }
  return components.filter((one) => found.has(one["bom-ref"]));
}

const all = sbom();
const own = installed(all);
const refs = new Set(own.map((one) => one["bom-ref"]));
const inside = bundled();
const taken = all.components
  .filter((one) => !refs.has(one["bom-ref"]) && inside.has(one["bom-ref"]))
  .map((one) => ({ ...one, properties: [{ name: "lightfleet:bundled", value: "true" }] }));
const components = [...own, ...taken];
const known = new Set([...components, all.metadata.component].map((one) => one["bom-ref"]));
const dependencies = all.dependencies
  .filter(({ ref }) => known.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => known.has(one)) }));
writeFileSync(join(root, "dist/sbom.cdx.json"), `${JSON.stringify({ ...all, components, dependencies }, null, 2)}\n`);
console.error(`sbom: ${own.length} packages installed, ${taken.length} bundled`);

#!/usr/bin/env node
/**
 * What Lightfleet costs beside its peers, as ratios.
 *
 *   npm run bench                         everything, and bench/RESULTS.md
 *   npm run bench -- --only help,shop     some cases, printed only
 *   npm run bench -- --runs 3             fewer runs a contender (5 otherwise)
 *   LIGHTFLEET_BENCH_SERVICES=200 …       fewer services in a release (5,000 otherwise)
 *   npm run bench -- --built              as dist/ is, without building it first
 */
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import * as checks from "./cases/checks.mjs";
import * as deploy from "./cases/deploy.mjs";
import * as help from "./cases/help.mjs";
import * as large from "./cases/large.mjs";
import * as preview from "./cases/preview.mjs";
import * as release from "./cases/release.mjs";
import * as status from "./cases/status.mjs";
import * as shop from "./cases/shop.mjs";
import { loadPerCore, render } from "./report.mjs";
import { buildLightfleet, installPeers, openWorkshop } from "./workshop.mjs";

const { values } = parseArgs({
  options: { only: { type: "string" }, runs: { type: "string", default: "5" }, built: { type: "boolean" } },
});
const runs = Number(values.runs);
const wanted = values.only?.split(",");
const cases = [help, shop, large, checks, deploy, preview, status, release].filter(
  ({ name }) => wanted?.includes(name) ?? true,
);
if (cases.length === 0 || !Number.isInteger(runs) || runs < 1) {
  console.error("usage: npm run bench -- [--only help,shop,large,checks,deploy,preview,status,release] [--runs n]");
  process.exit(64);
}

installPeers(console.error);
if (!values.built) buildLightfleet();
const workshop = openWorkshop();
const load = loadPerCore();
if (load > 0.5) console.error(`the machine is busy (${load.toFixed(1)} processes a core): the results will be rough`);
process.on("SIGINT", () => process.exit(130));

const sections = [];
for (const { name, run } of cases)
  sections.push(await run({ runs, workshop, log: (text) => console.error(`${name}: ${text}`) }));

const text = render(sections, load);
console.log(text);
if (wanted === undefined) writeFileSync(new URL("./RESULTS.md", import.meta.url), text);
if (sections.some(({ targets }) => targets.some(({ met }) => !met))) process.exitCode = 1;

import { build } from "esbuild";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { median, runOnce } from "../harness.mjs";
import { ratio, seconds, table, target } from "../report.mjs";
import { program } from "../workshop.mjs";

const count = new Intl.NumberFormat("en");

/** Sizes of clusters: fleets, VMs, services. */
const SIZES = [
  [10, 100, 500],
  [50, 500, 2_500],
  [100, 1_000, 5_000],
  [1, 200, 1_000],
  [1, 500, 2_500],
  [1, 1_000, 5_000],
];

export const name = "checks";

/** The checks alone, in a process that does them once and has never done them before, and how they grow. */
export async function run({ runs, workshop, log }) {
  const home = workshop.peer("checks", {});
  const bundle = join(home, "checks.mjs");
  const entryPoints = [program("checks.ts")];
  await build({ entryPoints, outfile: bundle, bundle: true, platform: "node", format: "esm" });
  const times = new Map(SIZES.map((size) => [size, []]));
  for (let round = 0; round < runs; round++) {
    for (const [size, all] of times) {
      const [fleets, vms, services] = size;
      const out = join(home, "ms");
      const env = { FLEETS: String(fleets), VMS: String(vms), SERVICES: String(services), OUT: out };
      await runOnce({ name, argv: [process.execPath, bundle], env });
      all.push(Number(readFileSync(out, "utf8")));
    }
    log(`round ${round + 1} of ${runs}`);
  }
  const ms = new Map([...times].map(([size, all]) => [size, median(all)]));
  const perService = (size) => ms.get(size) / size[2];
  const rows = SIZES.map((size) => [
    ...size.map((number) => count.format(number)),
    ratio(ms.get(size) / ms.get(SIZES[2])),
    ratio(perService(size) / perService(SIZES[2])),
  ]);
  const [, , many, , small, one] = SIZES;
  return {
    title: "Checks",
    text: "All rules over a model, three tasks a service and fleets that are to survive the loss of a zone, in a fresh process each time: compiling the rules counts, loading them does not. CPU time, the garbage collector included.",
    tables: [table(["fleets", "VMs", "services", "time, × 100 fleets + 5,000 services", "time a service"], rows)],
    targets: [
      target(
        "all checks of 100 fleets, 1,000 VMs and 5,000 services < 1 s",
        seconds(ms.get(many)),
        ms.get(many) < 1_000,
      ),
      target(
        "twice the VMs and services of one fleet take < 2.5 × the time",
        `${ratio(ms.get(one) / ms.get(small))} ×`,
        ms.get(one) / ms.get(small) < 2.5,
      ),
    ],
  };
}

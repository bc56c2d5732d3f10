import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { median, peakMegabytes, race, ratioTo, runOnce } from "../harness.mjs";
import { ratio, ratioTable, table, target } from "../report.mjs";
import { cli, program } from "../workshop.mjs";

const node = process.execPath;
const startUp = "node -e 0";
const ours = "lightfleet synth";
const raw = "raw cdktf, all of each service";
const rawListeners = "raw cdktf, a listener per service";
const plain = "plain objects + JSON.stringify";
const count = new Intl.NumberFormat("en");

export const name = "large";

/** Synthesis of large clusters, and how it grows. */
export async function run({ runs, workshop, log }) {
  const home = workshop.project("large", program("large"));
  const peer = workshop.peer("large-raw", {});
  mkdirSync(join(peer, "plain"));
  const rounds = Math.min(runs, 3);
  const sections = [];
  for (const [fleets, services] of [
    [50, 1000],
    [100, 5000],
  ]) {
    const env = { FLEETS: String(fleets), SERVICES: String(services) };
    const synth = { name: ours, argv: [node, cli, "synth", "-C", home], env };
    await runOnce(synth);
    const contenders = [
      { name: startUp, argv: [node, "-e", "0"] },
      synth,
      { name: plain, argv: [node, program("plain.mjs"), join(home, "cdktf.out"), join(peer, "plain")] },
      ...[raw, rawListeners].map((name) => ({
        name,
        argv: [node, program("raw-large.cjs")],
        env: { ...env, SERVICE: name === raw ? "task" : "listener", CDKTF_OUTDIR: join(peer, "out") },
      })),
      {
        name: "aws-cdk-lib L1, validation off",
        argv: [node, program("aws-cdk.cjs")],
        env: { ...env, CDK_OUTDIR: join(peer, "cdk.out"), CDK_VALIDATION: "false" },
      },
    ];
    const times = await race(contenders, { runs: rounds, log: (text) => log(`${fleets}+${services}: ${text}`) });
    const memory = new Map();
    for (const contender of contenders) memory.set(contender.name, await peakMegabytes(contender));
    sections.push({ fleets, services, times, memory, bytes: sizeOf(join(home, "cdktf.out")) });
  }
  const growth = await measureGrowth(home, rounds, log);
  const { times, memory } = sections.at(-1);
  const faster = ratioTo(times, raw, ours);
  const overFloor = ratioTo(times, ours, plain);
  return {
    title: "Synthesis of large clusters",
    text: `Two or three edges a service, most within the fleet. Raw cdktf makes for each service what the same program says of it (image, environment, sizes, health, replicas, fleet, whom it uses) as AWS's containers on VMs have it: a task definition, a service, and a name. In a second form it makes no more than a target group and a listener, of which aws-cdk-lib makes the same. The plain objects are the very documents that Lightfleet wrote, built and written again by a program that does nothing else.`,
    tables: [
      ...sections.map((section) => sizeTable(section)),
      table(
        ["100 fleets and", "time, × that of 1,000 services", "a further service costs, × the first step's"],
        growth.map(({ services, total, step }) => [
          `${count.format(services)} services`,
          ratio(total),
          step === undefined ? "" : ratio(step),
        ]),
      ),
    ],
    targets: [
      target(
        "100 fleets + 5,000 services >= 5 × faster than raw cdktf that makes the same services",
        `${ratio(faster)} ×`,
        faster >= 5,
      ),
      target("… < 2.5 × plain objects + `JSON.stringify`, start-up included", `${ratio(overFloor)} ×`, overFloor < 2.5),
      target("… < 250 MB", `${Math.round(memory.get(ours))} MB`, memory.get(ours) < 250),
      target(
        "time grows linearly with services (last step <= 1.3 × the first)",
        `${ratio(growth.at(-1).step)} ×`,
        growth.at(-1).step <= 1.3,
      ),
    ],
  };
}

function sizeTable({ fleets, services, times, memory, bytes }) {
  const peaks = new Map([...memory].map(([contender, megabytes]) => [contender, String(Math.round(megabytes))]));
  return [
    `${count.format(fleets)} fleets, ${count.format(services)} services (${(bytes / 1e6).toFixed(1)} MB of JSON):`,
    ratioTable(times, plain, { "peak MB": peaks }),
  ].join("\n\n");
}

async function measureGrowth(home, runs, log) {
  const sizes = [1000, 2500, 5000];
  const named = (services) => `${services} services`;
  const times = await race(
    sizes.map((services) => ({
      name: named(services),
      argv: [node, cli, "synth", "-C", home],
      env: { FLEETS: "100", SERVICES: String(services) },
    })),
    { runs, log: (text) => log(`growth: ${text}`) },
  );
  const ms = (services) => median(times.get(named(services)));
  const slope = (from, to) => (ms(to) - ms(from)) / (to - from);
  return sizes.map((services, index) => ({
    services,
    total: ms(services) / ms(sizes[0]),
    step: index === 0 ? undefined : slope(sizes[index - 1], services) / slope(sizes[0], sizes[1]),
  }));
}

function sizeOf(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((total, entry) => total + statSync(join(entry.parentPath, entry.name)).size, 0);
}

import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { median, runOnce } from "../harness.mjs";
import { seconds, table, target } from "../report.mjs";
import { cli, root } from "../workshop.mjs";

export const name = "deploy";

/** A whole deployment to the sandbox, and whose time it is. */
export async function run({ runs, workshop, log }) {
  const title = "Deployment of the shop to the sandbox";
  const engine = findEngine();
  if (engine === undefined)
    return { title, text: "Skipped: neither terraform nor tofu is on PATH.", tables: [], targets: [] };
  const home = workshop.project("deploy", join(root, "examples", "shop"));
  const calls = join(home, "engine-calls");
  const wrapper = join(home, "engine");
  // Two clock readings around the real engine; what passes between them is the engine's time, its providers included.
  writeFileSync(
    wrapper,
    `#!/bin/sh\nfrom=$(date +%s%N)\n"${engine}" "$@"\ncode=$?\necho "$from $(date +%s%N) $1" >>"${calls}"\nexit $code\n`,
  );
  chmodSync(wrapper, 0o755);
  const deploy = {
    name: "lightfleet deploy --sandbox",
    argv: [process.execPath, cli, "deploy", "--sandbox", "--yes", "-C", home],
    env: { LIGHTFLEET_ENGINE: wrapper },
    before: () =>
      [".lightfleet", "cdktf.out", "engine-calls"].forEach((path) =>
        rmSync(join(home, path), { recursive: true, force: true }),
      ),
  };
  const results = [];
  for (let round = 0; round <= runs; round++) {
    const total = await runOnce(deploy);
    const spans = readSpans(calls);
    if (round > 0) results.push({ total, spans, own: total - covered(spans) });
    log(round === 0 ? "warm-up done" : `round ${round} of ${runs}`);
  }
  const own = median(results.map((result) => result.own));
  const total = median(results.map((result) => result.total));
  const verbs = [...new Set(results[0].spans.map(({ verb }) => verb))];
  const perVerb = verbs.map((verb) => {
    const ms = median(results.map(({ spans }) => covered(spans.filter((span) => span.verb === verb))));
    return [`engine: ${verb}`, ratioOf(ms, total)];
  });
  return {
    title,
    text: "From the command to its last line, in an empty folder: synthesis, init, plan, apply, status. The engine's time is what passes inside its processes, the provider that Lightfleet serves to it included; the rest is Lightfleet's own.",
    tables: [table(["part", "share of the whole"], [...perVerb, ["Lightfleet's own", ratioOf(own, total)]])],
    targets: [target("Lightfleet's own share of `deploy --sandbox` < 1 s", seconds(own), own < 1000)],
  };
}

const ratioOf = (ms, total) => `${((100 * ms) / total).toFixed(0)} %`;

function findEngine() {
  return (process.env.PATH ?? "")
    .split(":")
    .flatMap((folder) => [join(folder, "terraform"), join(folder, "tofu")])
    .find((path) => existsSync(path) && spawnSync(path, ["version"]).status === 0);
}

function readSpans(file) {
  return readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => line.split(" "))
    .map(([from, to, verb]) => ({ from: Number(from) / 1e6, to: Number(to) / 1e6, verb }));
}

/** The time that at least one of the spans covers, in ms. */
function covered(spans) {
  let until = 0;
  let total = 0;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    total += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return total;
}

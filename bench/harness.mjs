/**
 * Times contenders against each other. Every run is a fresh process, and runs are interleaved (a, b, c, a, b, c, …), so
 * that a busy minute of the machine hits all of them alike: the ratios hold where the seconds do not.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const memoryProbe = fileURLToPath(new URL("./memory-probe.cjs", import.meta.url));

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string[]} argv Program and arguments.
 * @property {string} [cwd]
 * @property {Record<string, string>} [env] Beside the environment of the benchmark.
 * @property {() => void} [before] What must be done before each run, outside its time.
 */

/** Runs a contender once. Resolves to its wall time in ms; rejects with what it printed where it fails. */
export function runOnce({ name, argv, cwd, env, before }, extra = {}) {
  before?.();
  const [program, ...args] = argv;
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env, ...extra },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed = [];
    child.stdout.on("data", (bytes) => printed.push(bytes));
    child.stderr.on("data", (bytes) => printed.push(bytes));
    child.on("error", reject);
    child.on("close", (code) => {
      const ms = performance.now() - start;
      if (code === 0) resolve(ms);
      else reject(new Error(`${name} ended with ${code}:\n${Buffer.concat(printed).toString().slice(-4000)}`));
    });
  });
}

/** Times all contenders, interleaved, after one warm-up round each. Answers name -> ms of each round. */
export async function race(contenders, { runs, log }) {
  const times = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= runs; round++) {
    for (const contender of contenders) {
      const ms = await runOnce(contender);
      if (round > 0) times.get(contender.name).push(ms);
    }
    log(round === 0 ? "warm-up done" : `round ${round} of ${runs}`);
  }
  return times;
}

/** How many times as long as `base` a contender takes: the median over the rounds, each of which saw one and the same machine. */
export function ratioTo(times, name, base) {
  const floor = times.get(base);
  return median(times.get(name).map((ms, round) => ms / floor[round]));
}

/** The most memory, in MB, that any one Node process of a contender held. Not timed: the probe costs a file. */
export async function peakMegabytes(contender) {
  const folder = mkdtempSync(join(tmpdir(), "lightfleet-bench-memory-"));
  const file = join(folder, "peaks");
  try {
    await runOnce(contender, { NODE_OPTIONS: `--require ${memoryProbe}`, LIGHTFLEET_BENCH_MEMORY: file });
    return Math.max(...readFileSync(file, "utf8").trim().split("\n").map(Number)) / 1024;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

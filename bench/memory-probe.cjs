/** Preloaded into a measured process: tells, as it ends, the most memory that it held (in KiB, a line each). */
const { appendFileSync } = require("node:fs");

process.on("exit", () => {
  appendFileSync(process.env.LIGHTFLEET_BENCH_MEMORY, `${process.resourceUsage().maxRSS}\n`);
});

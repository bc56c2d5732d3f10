/**
 * Holds the language against real engines of Docker, with as many random programs as are wanted:
 * `npm run test:engine -- --models 2000 --seed 7`. Needs root on Linux, Debian's docker.io, containerd, runc, tini, docker-registry and
 * busybox-static (or LIGHTFLEET_DOCKERD_PATH), and for a current engine LIGHTFLEET_DOCKERD_CURRENT_PATH.
 */
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const { values } = parseArgs({ options: { models: { type: "string" }, seed: { type: "string" } } });
for (const [name, value] of Object.entries(values))
  if (!/^\d+$/.test(value)) {
    console.error(`'--${name}' (${value}) must be a whole number`);
    process.exit(2);
  }
const env = {
  ...process.env,
  ...(values.models && { LIGHTFLEET_TEST_MODELS: values.models }),
  ...(values.seed && { LIGHTFLEET_TEST_SEED: values.seed }),
};
const { status } = spawnSync("npx", ["vitest", "run", "--project=slow", "test/contract/engine"], {
  env,
  stdio: "inherit",
});
process.exit(status ?? 1);

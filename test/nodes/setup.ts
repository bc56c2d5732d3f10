import { rmSync } from "node:fs";
import { stopHooks } from "./hooks.js";
import { absent, down } from "./lab.js";

/** Says why the tests are skipped, where they are; takes the lab down at the end unless it is to be kept. */
export default function setup(): () => Promise<void> {
  const reason = absent();
  if (reason !== undefined) console.log(`skipped: ${reason}`);
  return async () => {
    if (reason !== undefined || process.env["LIGHTFLEET_LAB_KEEP"] !== undefined) return;
    stopHooks();
    await down();
    rmSync("/tmp/lightfleet-lab-nodes.json", { force: true });
    rmSync("/tmp/lightfleet-lab", { recursive: true, force: true });
  };
}

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readCluster, type Synthesized } from "./synthesize.js";

export interface Example {
  readonly name: string;
  readonly cluster: string;
  run(): Promise<Synthesized>;
}

/** The examples, each run as its users run it; what one wrote is read once a test file. */
export const examples: readonly Example[] = [
  example("shop", "shop", () => import("../../examples/shop/main.js")),
  example("minimal", "hello", () => import("../../examples/minimal/main.js")),
];

function example(name: string, cluster: string, load: () => Promise<unknown>): Example {
  let written: Promise<Synthesized> | undefined;
  return { name, cluster, run: () => (written ??= run(cluster, load)) };
}

async function run(cluster: string, load: () => Promise<unknown>): Promise<Synthesized> {
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-example-"));
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = join(dir, "cdktf.out");
  try {
    await load();
    return readCluster(join(dir, "cdktf.out"), cluster);
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
    rmSync(dir, { recursive: true, force: true });
  }
}

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

const run = (cluster: string, load: () => Promise<unknown>): Promise<Synthesized> =>
  withOutputVariable(async (outdir) => {
    await load();
    return readCluster(outdir, cluster);
  });

/** Runs with an output folder named in the environment, as a command does it; it is gone afterwards. */
export async function withOutputVariable<T>(action: (outdir: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-example-"));
  const before = process.env["CDKTF_OUTDIR"];
  const outdir = join(dir, "cdktf.out");
  process.env["CDKTF_OUTDIR"] = outdir;
  try {
    return await action(outdir);
  } finally {
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    else process.env["CDKTF_OUTDIR"] = before;
    rmSync(dir, { recursive: true, force: true });
  }
}

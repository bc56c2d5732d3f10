import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, onTestFinished } from "vitest";
import { cliConfig, findMirror } from "../../scripts/generate/mirror.mjs";
import { openSandbox } from "../../sandbox/cloud.js";
import { declare, shopSketch } from "../program/shop.js";
import { synthesize } from "../program/synthesize.js";
import { readPlan, type Plan } from "./plan.js";
import { whyNoRealProvider } from "./real-provider.js";
import { OVERRIDE } from "./running-provider.js";

if (whyNoRealProvider !== undefined) console.log(`skipped: ${whyNoRealProvider}`);

const run = promisify(execFile);

/** `init`, `validate`, `plan`: what a user types, with nothing of ours in between. */
async function initAndPlan(cwd: string, env: NodeJS.ProcessEnv): Promise<Plan> {
  const terraform = async (...args: string[]): Promise<string> =>
    (await run("terraform", args, { cwd, env, maxBuffer: 1 << 28 })).stdout;
  await terraform("init", "-input=false", "-no-color");
  await terraform("validate", "-no-color");
  await terraform("plan", "-refresh=false", "-input=false", "-no-color", "-out=plan");
  return readPlan(await terraform("show", "-json", "plan"));
}

it.skipIf(whyNoRealProvider !== undefined)(
  "the shop is initialized, validated and planned alike from the mirror of the real provider and from the sandbox's",
  { timeout: 300_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "lf-plain-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { document } = synthesize((app) => declare(app, shopSketch())).files;

    writeFileSync(join(folder, "terraform.rc"), cliConfig(findMirror() ?? ""));
    writeFileSync(join(folder, "cdk.tf.json"), document);
    writeFileSync(join(folder, "provider_override.tf.json"), JSON.stringify(OVERRIDE));
    const { PATH, HOME } = process.env;
    const real = await initAndPlan(folder, {
      PATH,
      HOME,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
    });
    const { cwd, env } = await openSandbox(join(folder, "project")).prepare("shop", document);
    const sandbox = await initAndPlan(cwd, env);

    expect(sandbox.actions).toEqual(real.actions);
    const locked = [folder, cwd].map((place) =>
      /provider "([^"]+)" {\s+version\s+= "([^"]+)"/.exec(readFileSync(join(place, ".terraform.lock.hcl"), "utf8")),
    );
    expect(locked[1]?.slice(1)).toEqual(["registry.terraform.io/hashicorp/aws", "5.100.0"]);
    expect(locked[0]?.slice(1)).toEqual(locked[1]?.slice(1));
  },
);

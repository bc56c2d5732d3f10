import { LightfleetError } from "lightfleet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declare, shopSketch, type ShopSketch } from "../program/shop.js";
import { synthesize } from "../program/synthesize.js";
import { changes, type Change } from "./changes.js";
import { differences } from "./differences.js";
import { startRealProvider, whyNoRealProvider } from "./real-provider.js";
import { outline, rehearsed } from "./rehearsal.js";
import type { RunningProvider } from "./running-provider.js";
import { startSandboxProvider } from "./sandbox-provider.js";
import { changeTable, type Outcome } from "./table.js";

if (whyNoRealProvider !== undefined) console.log(`skipped: ${whyNoRealProvider}`);

/** Starting the providers, applying what a change starts from, or one plan by each: ample for a machine with other work to do. */
const PATIENCE = 300_000;

describe.skipIf(whyNoRealProvider !== undefined)("a change is planned as the real provider plans it", () => {
  let real: RunningProvider;
  let sandbox: RunningProvider;
  const outcomes: Outcome[] = [];
  /** States that changes start from, by document: what the sandbox wrote when it applied it. */
  const states = new Map<string, Promise<string>>();

  beforeAll(async () => {
    [real, sandbox] = await Promise.all([startRealProvider(), startSandboxProvider()]);
  }, PATIENCE);
  afterAll(async () => {
    process.stdout.write(changeTable(outcomes));
    await Promise.all([real.close(), sandbox.close()]);
  });

  const applied = (document: string): Promise<string> => {
    const state = states.get(document) ?? applyAlone(document);
    states.set(document, state);
    return state;
  };

  it.concurrent.for(changes)("$name", { timeout: PATIENCE }, async (change, { skip }) => {
    const written = documents(change);
    if (typeof written === "string") return skip(written);
    const { before, after } = written;
    const state = await applied(before);
    const plans = await Promise.all([real.plan(after, state), sandbox.plan(after, state)]);
    const found = differences(...plans);
    outcomes.push({ name: change.name, plan: plans[0], agree: found.length === 0 });
    expect(found).toEqual([]);
    expect(outline(rehearsed(before, after))).toEqual(outline(plans[0]));
  });
});

/** Applies in a sandbox of its own, since two clusters of one name do not fit into one. */
async function applyAlone(document: string): Promise<string> {
  const sandbox = await startSandboxProvider();
  try {
    return await sandbox.apply(document);
  } finally {
    await sandbox.close();
  }
}

/** What Terraform is given before and after; a reason where the program ends in the error that is known of it. */
function documents({ from, make, known }: Change): { before: string; after: string } | string {
  const write = (...steps: readonly ((shop: ShopSketch) => void)[]): string => {
    const sketch = shopSketch();
    for (const step of steps) step(sketch);
    return synthesize((app) => declare(app, sketch)).files.document;
  };
  const first = from === undefined ? [] : [from];
  try {
    return { before: write(...first), after: write(...first, make) };
  } catch (error) {
    if (known === undefined || !LightfleetError.is(error) || error.code !== known) throw error;
    console.log(`skipped: ${known} ${error.message}`);
    return known;
  }
}

import { mkdirSync } from "node:fs";
import { afterAll, beforeAll, describe, it } from "vitest";
import { showPlan } from "../../bin/render/plan.js";
import type { PlanJson, ResourceChange } from "../../terraform/plan-schema.js";
import { planSchema } from "../../terraform/plan-schema.js";
import { summarize } from "../../terraform/summary.js";
import { recordingTerminal } from "../bin/recording-terminal.js";
import { engineIsThere } from "../terraform/workspace.js";
import { preparedPlans } from "./plans.js";
import type { RunningProvider } from "./running-provider.js";
import { startSandboxProvider } from "./sandbox-provider.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";

const PATIENCE = 300_000;

describe.skipIf(!(await engineIsThere()))("the summary of a plan, as a terminal shows it", () => {
  let small: RunningProvider;
  const sandboxes: RunningProvider[] = [];
  const states = new Map<string, Promise<{ sandbox: RunningProvider; state: string }>>();

  beforeAll(async () => {
    mkdirSync(new URL("summaries", import.meta.url), { recursive: true });
    small = await sandbox();
  });
  afterAll(async () => void (await Promise.all(sandboxes.map((one) => one.close()))));

  async function sandbox(): Promise<RunningProvider> {
    const started = await startSandboxProvider();
    sandboxes.push(started);
    return started;
  }
  /** Applied in a sandbox of its own, since two clusters of one name do not fit into one. */
  function applied(document: string): Promise<{ sandbox: RunningProvider; state: string }> {
    const found =
      states.get(document) ?? sandbox().then(async (own) => ({ sandbox: own, state: await own.apply(document) }));
    states.set(document, found);
    return found;
  }

  it.concurrent.for(preparedPlans())("$name", { timeout: PATIENCE }, async (plan, { expect }) => {
    const from = plan.before === undefined ? undefined : await applied(plan.before);
    const state = from && (plan.meanwhile?.(from.state) ?? from.state);
    const { said, shown } = await (from?.sandbox ?? small).show(plan.after, state, plan.options);
    const json = planSchema.parse(JSON.parse(shown));
    const summary = summarize(json, awsClassifier);
    const text = render(summary);

    expect(summary.counts).toEqual(countsOf(json));
    const { create, update, replace, destroy } = summary.counts;
    const total = /^Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/m.exec(said)?.slice(1) ?? ["0", "0", "0"];
    expect([create + replace, update, destroy + replace]).toEqual(total.map(Number));
    expect(Math.max(...text.split("\n").map((line) => line.length))).toBeLessThanOrEqual(WIDTH);
    await expect(text).toMatchFileSnapshot(`summaries/${plan.name.replaceAll(/\W+/g, "-")}.txt`);
  });
});

const WIDTH = 100;

function render(summary: ReturnType<typeof summarize>): string {
  const terminal = recordingTerminal({ width: WIDTH });
  showPlan("shop", summary, terminal);
  return `${terminal.progressed.join("\n")}\n`;
}

/** Terraform's own actions, counted by their names alone. */
function countsOf({ resource_changes }: PlanJson): Record<string, number> {
  const managed = resource_changes.filter(({ mode }) => mode === "managed");
  const count = (...names: string[]): number =>
    managed.filter(({ change }) => names.includes(change.actions.join("+"))).length;
  const moved = ({ change, previous_address }: ResourceChange): boolean =>
    change.actions.join() === "no-op" && previous_address !== undefined;
  return {
    ...{ create: count("create"), update: count("update"), destroy: count("delete"), forget: count("forget") },
    ...{ replace: count("create+delete", "delete+create"), move: managed.filter(moved).length },
  };
}

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { beforeAll, describe, expect, test } from "vitest";
import { modelSchema } from "../../../model/schema.js";
import { readRelease } from "../../../stacks/aws/plan/read-back.js";
import { listOf } from "../../preview/lists.js";
import { synthesize, type Synthesized } from "../../program/synthesize.js";
import { localBundle } from "./local-bundle.js";
import { declareRows, IMAGES, ROWS, serviceOf } from "./field-rows.js";
import { onEngines } from "./on-engines.js";
import { isDeployed } from "./programs.js";
import type { Swarm } from "./swarm.js";

/**
 * For each field of a service: what a real swarm does where it changes, and what preview says of it. Each field has a service of
 * its own in one cluster; the cluster is released, all fields change at once, and it is released again.
 */
type Effect = "tasks kept" | "tasks restarted" | "tasks added" | "tasks removed" | "service recreated" | "service gone";

interface Seen {
  readonly service: string;
  readonly tasks: readonly string[];
}

const sides: readonly [Synthesized, Synthesized] = [
  synthesize((app) => {
    declareRows(app, false);
  }),
  synthesize((app) => {
    declareRows(app, true);
  }),
];
const list = listOf(...sides);

describe("the rows", () => {
  test("name each field of a service in the model: a new field needs one", () => {
    const { services } = modelSchema.shape;
    const known = Object.keys(ROWS).map((field) => field.split(/[ .]/)[0]);
    expect(Object.keys(services.element.shape).filter((field) => field !== "id" && !known.includes(field))).toEqual([]);
    const inside = Object.keys(ROWS).map((field) => field.split(" ")[0]);
    const { rollout, health } = services.element.shape;
    const fields = [
      ...Object.keys(rollout.shape).map((field) => `rollout.${field}`),
      ...health.unwrap().options.flatMap((option) => Object.keys(option.shape).map((field) => `health.${field}`)),
    ];
    expect(fields.filter((field) => !inside.includes(field))).toEqual([]);
  });
});

onEngines("a change of each field of a service", 1, (swarm) => {
  beforeAll(async () => {
    if (swarm() === undefined) return;
    expect(await Promise.all(["1", "2"].map((tag) => swarm().registry.push(swarm().manager, "demo", tag)))).toEqual(
      IMAGES,
    );
    await swarm().label((await swarm().nodes())[0]!, "core");
    await swarm().programs.keep("shop", { "/first": "a", "/second": "b", "/second-other": "c" });
  });

  test("does to the tasks what preview says", async () => {
    await release(swarm(), sides[0]);
    const before = await settled(swarm());
    await release(swarm(), sides[1]);
    const after = await settled(swarm());
    const effects = Object.keys(ROWS).map((field) => {
      const id = serviceOf(field);
      return { field, swarm: effectOf(before.get(id), after.get(id)), preview: previewOf(id) };
    });
    console.log(`${effects.length} fields were changed on Docker ${swarm().version}`);
    expect(effects.filter((effect) => effect.swarm !== effect.preview)).toEqual([]);
    expect(effectOf(before.get("database"), after.get("database"))).toBe(previewOf("database"));
    const width = Math.max(...effects.map(({ field }) => field.length));
    const table = effects.map((effect) => `${effect.field.padEnd(width)}  ${effect.swarm}\n`).join("");
    await expect(table).toMatchFileSnapshot("field-effects.txt");
  });
});

async function release(swarm: Swarm, { files }: Synthesized): Promise<void> {
  const bundle = readRelease(JSON.parse(files.document), () => "x");
  const released = await swarm.programs.release("shop", JSON.stringify(localBundle(bundle, swarm.engines.home)));
  expect(released, JSON.stringify(released)).toSatisfy(isDeployed);
}

const serviceShape = z.looseObject({
  ID: z.string(),
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({ Name: z.string() }),
  UpdateStatus: z.looseObject({ State: z.string() }).nullish(),
  ServiceStatus: z.object({ RunningTasks: z.number(), DesiredTasks: z.number() }),
});

/** The services with their tasks, once nothing moves any more: no update is under way, and as many tasks run as should. */
async function settled(swarm: Swarm): Promise<Map<string, Seen>> {
  let last = "";
  for (let still = 0; ;) {
    const services = z.array(serviceShape).parse(await swarm.manager.call("GET", "/services?status=true"));
    const tasks = await swarm.tasks();
    const running = tasks.filter(
      ({ DesiredState, Status }) => DesiredState === "running" && Status.State === "running",
    );
    const states = services.map(({ UpdateStatus }) => UpdateStatus?.State ?? "");
    expect(states.filter((state) => /rollback|paused/.test(state))).toEqual([]);
    const moves =
      states.includes("updating") ||
      services.some(({ ServiceStatus: { RunningTasks, DesiredTasks } }) => RunningTasks !== DesiredTasks);
    const now = JSON.stringify([
      running.map(({ ID }) => ID).sort(),
      services.map(({ ID, Version }) => [ID, Version.Index]),
    ]);
    still = !moves && now === last ? still + 1 : 0;
    last = now;
    // An update that Swarm has not begun looks like none: it begins within moments.
    if (still === 10)
      return new Map(
        services.map(({ ID, Spec }) => [
          Spec.Name.replace(/^shop_/, ""),
          { service: ID, tasks: running.filter(({ ServiceID }) => ServiceID === ID).map((task) => task.ID) },
        ]),
      );
    await sleep(500);
  }
}

function effectOf(before: Seen | undefined, after: Seen | undefined): Effect {
  if (before === undefined || after === undefined) return "service gone";
  if (before.service !== after.service) return "service recreated";
  const kept = before.tasks.filter((task) => after.tasks.includes(task)).length;
  if (kept < Math.min(before.tasks.length, after.tasks.length)) return "tasks restarted";
  if (after.tasks.length > kept) return "tasks added";
  return before.tasks.length > kept ? "tasks removed" : "tasks kept";
}

/** What preview says of a service, in the same words. */
function previewOf(id: string): Effect {
  const { changes } = list.clusters[0]!;
  const change = changes.find((one) => one.id === `service:${id}`);
  // Whose tasks start anew for a secret stands with the secret.
  const isRenewed = changes.some(({ kind, effect }) => kind === "secret" && effect[0]?.includes(`: ${id} start anew`));
  if (change === undefined) return isRenewed ? "tasks restarted" : "tasks kept";
  if (change.effect.some((effect) => effect.startsWith("Swarm cannot change how tasks are counted")))
    return "service recreated";
  if (change.action === "roll" || change.action === "restart") return "tasks restarted";
  if (change.effect.some((effect) => effect.endsWith("more"))) return "tasks added";
  return change.effect.some((effect) => effect.endsWith("fewer")) ? "tasks removed" : "tasks kept";
}

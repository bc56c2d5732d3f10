import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { drill, drillAll, type Drill } from "../checks/drill/drill.js";
import { readLoss, readRoll, readScale, type Scenario } from "../checks/drill/scenario.js";
import { drawDrill } from "../checks/drill/svg.js";
import { LightfleetError } from "../errors/error.js";
import type { Model } from "../model/schema.js";
import type { CommandContext } from "./context.js";
import { synthesize } from "./synth.js";

export type { Drill, DrilledService } from "../checks/drill/drill.js";

export interface DrillOptions {
  /** The cluster; the only one of the program where it is not said. */
  readonly cluster: string | undefined;
  /** What is lost at once: `zone:eu-west-1a`, `vm:core/3`, `spot`. */
  readonly lose: readonly string[];
  /** Fleets whose VMs are replaced one after the other. */
  readonly roll: readonly string[];
  /** Services with another number of replicas: `cart=40`. */
  readonly scale: readonly string[];
  /** Every single loss, the worst first. */
  readonly all: boolean;
  /** File that a picture of the first drill is written to. */
  readonly svg: string | undefined;
}

export interface DrillResult {
  readonly cluster: string;
  readonly drills: readonly Drill[];
  /** Absolute. */
  readonly picture?: string;
}

/**
 * Plays through what would follow from a loss, a rolling replacement or another scale. Nothing is touched.
 * @throws LF064 where something is named that the cluster does not have, or nothing is, and what running the program throws
 */
export async function runDrill(options: DrillOptions, context: CommandContext): Promise<DrillResult> {
  const { models } = await synthesize(context, { gate: false });
  const model = select(models, options.cluster);
  const scenarios: Scenario[] = [
    ...(options.lose.length > 0
      ? [{ kind: "lose" as const, losses: options.lose.map((text) => readLoss(text, model)) }]
      : []),
    ...options.roll.map((fleet) => readRoll(fleet, model)),
    ...options.scale.map((text) => readScale(text, model)),
  ];
  if (scenarios.length === 0 && !options.all)
    throw usage("say what to try: --lose, --roll, --scale or --all", "as in 'lightfleet drill --lose zone:a'");
  const drills = [...scenarios.map((scenario) => drill(model, scenario)), ...(options.all ? drillAll(model) : [])];
  const [first] = drills;
  if (options.svg === undefined || first === undefined) return { cluster: model.cluster, drills };
  const picture = resolve(context.dir, options.svg);
  await writeFile(picture, drawDrill(first));
  return { cluster: model.cluster, drills, picture };
}

function select(models: readonly Model[], wanted: string | undefined): Model {
  const names = models.map(({ cluster }) => cluster).join(", ");
  const found = wanted === undefined ? models : models.filter(({ cluster }) => cluster === wanted);
  const [model, another] = found;
  if (model !== undefined && another === undefined) return model;
  if (wanted !== undefined) throw usage(`there is no cluster '${wanted}' in the program`, `it has ${names}`, "LF057");
  throw usage("say which cluster: the program has several", `it has ${names}`, "LF615");
}

const usage = (message: string, hint: string, code = "LF064"): LightfleetError =>
  new LightfleetError(message, { code, kind: "usage", hint });

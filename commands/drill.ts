import { drill, drillAll, type Drill } from "../checks/drill/drill.js";
import { readLoss, readRoll, readScale, type Scenario } from "../checks/drill/scenario.js";
import { drawDrill } from "../checks/drill/svg.js";
import { LightfleetError } from "../errors/error.js";
import type { CommandContext } from "../operations/context.js";
import { selectOne } from "../operations/engine/select-clusters.js";
import { synthesize } from "../operations/synthesis/synthesize.js";
import { writeOutput } from "../operations/write-output.js";

export type { Drill, DrilledService } from "../checks/drill/drill.js";
export { headlineOf } from "../checks/drill/headline.js";

export interface DrillOptions {
  /** The cluster; the only one of the program where it is not said. */
  readonly cluster: string | undefined;
  /** What is lost at once: `zone:eu-west-1a`, `vm:core/3`, `spot`. */
  readonly lose: readonly string[];
  /** Fleets whose VMs are replaced one after the other. */
  readonly roll: readonly string[];
  /** Services with another number of replicas: `cart=40`. */
  readonly scale: readonly string[];
  /** Every single loss and every rolling replacement, the worst first. */
  readonly all: boolean;
  /** File that a picture of the first drill is written to. */
  readonly svg: string | undefined;
  /** Whether a part of the program may be replaced by it. */
  readonly overwrite: boolean;
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
  const { model } = selectOne(
    models.map((one) => ({ id: one.cluster, model: one })),
    options.cluster,
  );
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
  return {
    cluster: model.cluster,
    drills,
    picture: await writeOutput(context.dir, { file: options.svg, overwrite: options.overwrite }, drawDrill(first)),
  };
}

const usage = (message: string, hint: string): LightfleetError =>
  new LightfleetError(message, { code: "LF064", kind: "usage", hint });

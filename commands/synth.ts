import type { Model } from "../model/schema.js";
import { countFindings, type Counts } from "../operations/checks/evaluate.js";
import { noteNumbers } from "../operations/checks/record-numbers.js";
import type { CommandContext } from "../operations/context.js";
import { selectClusters } from "../operations/engine/select-clusters.js";
import type { Written } from "../operations/program/output-folder.js";
import { synthesize } from "../operations/synthesis/synthesize.js";

export type { SynthesizedCluster } from "../operations/program/output-folder.js";

export interface SynthOptions {
  /** Clusters whose findings count, and that are told of; all of the program where empty. */
  readonly clusters: readonly string[];
  /** Whether to tell how large the boot data of each fleet is. */
  readonly verbose: boolean;
  /** Whether numbers that are new are noted in the lock file. */
  readonly note: boolean;
}

/** What EC2 hands to a VM at its first boot, in bytes. */
export interface BootData {
  readonly cluster: string;
  readonly fleet: string;
  readonly bytes: number;
  /** What EC2 takes. */
  readonly limit: number;
}

export interface SynthResult extends Written {
  /** Absolute. */
  readonly outdir: string;
  /** What the checks found; no errors, since they end it. */
  readonly findings: Counts;
  /** Where it was asked for. */
  readonly bootData?: readonly BootData[];
}

/**
 * Runs the project's program, checks what it describes, and writes Terraform JSON and models below its output folder.
 * @throws LF057 for a name of no cluster, LF060 where the checks find errors, LF097 where what was written is not what was declared, and what reading the project and running its program throw
 */
export async function synth(
  { clusters: names, verbose, note }: SynthOptions,
  context: CommandContext,
): Promise<SynthResult> {
  const { outdir, clusters, otherStacks, checks, models, lock } = await synthesize(context, { gate: names });
  if (note) await noteNumbers(models, lock, context);
  const selected = names.length === 0 ? clusters : selectClusters(clusters, names);
  const isSelected = ({ cluster }: { readonly cluster: string }): boolean => selected.some(({ id }) => id === cluster);
  return {
    outdir,
    clusters: selected,
    otherStacks,
    findings: countFindings(checks.filter(isSelected)),
    ...(verbose && { bootData: await bootData(models.filter(isSelected)) }),
  };
}

/** Loaded only where it is asked for: the programs of VMs are a large file. */
async function bootData(models: readonly Model[]): Promise<BootData[]> {
  const { USER_DATA_LIMIT: limit, userData } = await import("../node/user-data.js");
  return models.flatMap((model) =>
    model.fleets.map((fleet) => ({
      cluster: model.cluster,
      fleet: fleet.id,
      bytes: userData(model, fleet).length,
      limit,
    })),
  );
}

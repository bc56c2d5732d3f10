import { statSync } from "node:fs";
import { basename } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { loadModel } from "../program/load-model.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { emptyState } from "../../terraform/parse-state.js";

/**
 * Looks at what a state file of 0 bytes means. The engine makes an empty one when it takes the lock for a first apply, and
 * writes to it once something is made: nothing was noted then. Where there is an earlier state beside it, it was cut off.
 * @param file where the program keeps the state
 * @throws LF622 where a state was there before, LF649 with what the account has of the cluster, LF625 to LF630
 */
export async function refuseEmptyState(file: string, cluster: SynthesizedCluster): Promise<void> {
  if (sizeOf(file) !== 0) return;
  const where = `the state in ${basename(file)}`;
  if ((sizeOf(`${file}.backup`) ?? 0) > 0) throw emptyState(where);
  const { platform } = await loadModel(cluster.modelFile);
  const { findLeftovers } = await import("../../stacks/aws/live/leftovers.js");
  const found = await findLeftovers(platform.region, cluster.id);
  if (found.length > 0) throw unnoted(cluster.id, platform.region, where, found);
}

/** As many as a person reads. */
const TOLD = 40;

function unnoted(cluster: string, region: string, where: string, found: readonly string[]): LightfleetError {
  const more = found.length > TOLD ? [`  and ${found.length - TOLD} more`] : [];
  const lines = [...found.slice(0, TOLD).map((one) => `  ${one}`), ...more];
  const tag = `Key=lightfleet:cluster,Values=${cluster}`;
  return new LightfleetError(
    `${where} is empty (0 bytes): a first apply of ${cluster} was cut off before it could note what it made, and ${region} has:\n${lines.join("\n")}`,
    {
      code: "LF649",
      kind: "external",
      hint:
        "where that run is at work still, wait; else delete these, or take them over with the engine's 'import' in " +
        `cdktf.out/stacks/${cluster}, then delete the empty file and run it again; ` +
        `'aws resourcegroupstaggingapi get-resources --region ${region} --tag-filters ${tag}' lists what other services have; roles are named ${cluster}-…`,
    },
  );
}

/** Bytes of a file; undefined where there is none. */
const sizeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.size;

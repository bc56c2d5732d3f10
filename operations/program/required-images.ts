import { existsSync } from "node:fs";
import { join } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { imageKey } from "../../model/lock.js";
import { nearestRegions, regionNames, zonesOf } from "../../stacks/aws/regions.js";
import type { FleetModel } from "../../model/schema.js";
import type { CommandContext } from "../context.js";
import { lastSynthesis } from "./last-synthesis.js";
import { readProject } from "./project.js";
import { findLastWritten } from "./output-folder.js";
import { loadModel } from "./load-model.js";

/** An image that fleets of the program boot, as far as the program says which. */
export interface ImageNeed {
  readonly region: string;
  readonly release: string;
  readonly arch: FleetModel["arch"];
}

/** What the program's fleets boot, by the last synthesis; none where there was none. */
export async function imageNeeds(context: CommandContext): Promise<ImageNeed[]> {
  const needs = new Map<string, ImageNeed>();
  for (const { platform, fleets } of await modelsOf(context))
    for (const { os, arch } of fleets) {
      const { region } = platform;
      needs.set(`${region} ${imageKey(os.release, arch)}`, { region, release: os.release, arch });
    }
  return [...needs.values()];
}

/** The models of the last synthesis; none where there was none, and in a folder that is no project. */
export async function modelsOf({ dir, env }: CommandContext) {
  if (!existsSync(join(dir, "cdktf.json"))) return [];
  const project = await readProject(dir, env);
  if (!existsSync((await lastSynthesis(project)).outdir)) return [];
  const { clusters } = await findLastWritten(project);
  return Promise.all(clusters.map(({ modelFile }) => loadModel(modelFile)));
}

/** @throws LF012 where there is no region of that name */
function knownRegion(name: string): string {
  if (zonesOf(name) !== undefined) return name;
  const near = nearestRegions(name, 3);
  throw new LightfleetError(`'--region ${name}' is no region of AWS that Lightfleet knows`, {
    code: "LF012",
    kind: "usage",
    hint: near.length > 0 ? `did you mean ${near.join(", ")}?` : `known are ${regionNames().join(", ")}`,
  });
}

/**
 * The regions to look at: the one that is named, else those of the program, else the one of the environment.
 * @throws LF050 where none is to be had, LF012 where there is no region of the name
 */
export async function regionsFor(region: string | undefined, context: CommandContext): Promise<string[]> {
  if (region !== undefined) return [knownRegion(region)];
  const regions = (await modelsOf(context)).map(({ platform }) => platform.region);
  if (regions.length > 0) return [...new Set(regions)];
  const { AWS_REGION, AWS_DEFAULT_REGION } = context.env;
  const named = (AWS_REGION ?? "") === "" ? AWS_DEFAULT_REGION : AWS_REGION;
  if (named !== undefined && named !== "") return [named];
  throw new LightfleetError("it is not said in which region: there is no synthesized program, and no AWS_REGION", {
    code: "LF050",
    kind: "usage",
    hint: "name it with --region, or run 'lightfleet synth'",
  });
}

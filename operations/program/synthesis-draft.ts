import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Rule } from "../../checks/rule.js";
import type { SourceLocation } from "../../errors/error.js";
import { isPolicy, type PolicyModel } from "../../model/policy.js";
import { newerModel } from "../../model/newer.js";
import type { Model } from "../../model/schema.js";
import { modelVersion, upgradeModel } from "../../model/upgrade.js";
import { MODEL_VERSION } from "../../model/version.js";
import type { SynthesizedCluster } from "./output-folder.js";
import { isRecord } from "../../lib/records.js";

/** Where something was declared. */
export interface Whereabouts {
  readonly path: string;
  readonly source?: SourceLocation;
}

/** A cluster that a program describes. */
export interface DraftedCluster {
  readonly model: Model;
  locate(on: string | null, edge?: string): Whereabouts;
}

/** What is checked: the clusters of a program, and the rules that it adds. */
export interface Draft {
  readonly clusters: readonly DraftedCluster[];
  readonly rules: readonly Rule[];
  /** What blocks a change in a preview; a program of an older version says nothing of it. */
  readonly policies?: readonly PolicyModel[];
}

/**
 * What a program handed over, as a draft of today's version: it may come from another version of the library.
 * @returns undefined where it is no draft
 * @throws LF034 where a newer Lightfleet made it
 */
export function takeDraft(value: unknown): Draft | undefined {
  if (!isDraft(value)) return undefined;
  for (const { model } of value.clusters) {
    const version = modelVersion(model) ?? 0;
    if (version > MODEL_VERSION) throw newerModel(`what the program describes of '${model.cluster}'`, version);
  }
  const clusters = value.clusters.map(({ model, locate }) => ({ model: upgradeModel(model) as Model, locate }));
  return { ...value, clusters };
}

const isDraft = (value: unknown): value is Draft =>
  isRecord(value) &&
  Array.isArray(value["rules"]) &&
  Array.isArray(value["clusters"]) &&
  value["clusters"].every(
    (cluster) =>
      isRecord(cluster) && typeof cluster["locate"] === "function" && modelVersion(cluster["model"]) !== undefined,
  );

/** What a draft says of previews, as far as we can read it. */
export const policiesOf = ({ policies }: Draft): readonly PolicyModel[] =>
  Array.isArray(policies) ? policies.filter(isPolicy) : [];

/** A draft from what was written, for a program that ran in a process of its own: with no lines, and no rules of its own. */
export async function readDraft(clusters: readonly SynthesizedCluster[]): Promise<Draft> {
  // Loaded for these alone: the schema takes longer to load than most programs to synthesize.
  const { readModel } = await import("../../model/read.js");
  const read = clusters.map(async ({ modelFile }): Promise<DraftedCluster> => {
    const model = readModel(await readFile(modelFile, "utf8"), basename(modelFile));
    return { model, locate: (on) => ({ path: on === null ? model.cluster : `${model.cluster}/${on}` }) };
  });
  return { clusters: await Promise.all(read), rules: [] };
}

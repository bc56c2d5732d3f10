import { access, constants, readFile, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import * as z from "zod/mini";
import { LightfleetError } from "../../errors/error.js";
import { replaceFile } from "../replace-file.js";

const cluster = z.object({
  id: z.string(),
  sandbox: z.boolean(),
  engine: z.object({ name: z.string(), version: z.string() }),
  /** What the plan was made from: a hash by the address of each resource. */
  state: z.object({ lineage: z.string(), serial: z.number(), resources: z.record(z.string(), z.string()) }),
  program: z.record(z.string(), z.string()),
  changes: z.boolean(),
  /** Addresses of what the plan changes; an older version did not tell. */
  touches: z.optional(z.array(z.string())),
});
const indexSchema = z.object({ version: z.literal(1), clusters: z.array(cluster) });

/** What is known of a reviewed plan beside the plan itself. It holds no value of an attribute, only hashes. */
export type ReviewedFacts = z.infer<typeof cluster>;

/** A plan that was written for review. */
export interface ReviewedPlan {
  readonly facts: ReviewedFacts;
  /** The engine's saved plan, which may hold secrets. */
  readonly plan: Uint8Array;
}

const INDEX = "lightfleet.json";

/** Refuses a place that no file can be written to, before any work is done for it. @throws LF603 */
export async function refuseUnwritable(file: string): Promise<void> {
  const refuse = (why: string, cause?: unknown): LightfleetError =>
    new LightfleetError(`no plan can be written to '${file}': ${why}`, { code: "LF603", kind: "usage", cause });
  const there = await stat(file).catch(() => undefined);
  if (there !== undefined && !there.isFile()) throw refuse("it is there, and no file");
  const folder = dirname(file);
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw refuse(`'${folder}' is not there, or may not be written to`, cause);
  }
}

/** Writes the plans of clusters into one file that only its owner may read, since plans hold secrets. */
export async function writePlanFile(file: string, plans: readonly ReviewedPlan[]): Promise<void> {
  const index = { version: 1, clusters: plans.map(({ facts }) => facts) };
  const parts = Object.fromEntries(plans.map(({ facts, plan }) => [`${facts.id}.tfplan`, plan]));
  const bytes = zipSync({ [INDEX]: strToU8(JSON.stringify(index, null, 2)), ...parts }, { level: 1 });
  await replaceFile(file, bytes, 0o600);
}

/** Reads what {@link writePlanFile} wrote. @throws LF603 where it is not there, or is something else */
export async function readPlanFile(file: string): Promise<ReviewedPlan[]> {
  try {
    const parts = unzipSync(await readFile(file));
    const index = indexSchema.parse(JSON.parse(strFromU8(parts[INDEX] ?? new Uint8Array())));
    return index.clusters.map((facts) => {
      const plan = parts[`${facts.id}.tfplan`];
      if (plan === undefined) throw new Error(`the plan of ${facts.id} is missing`);
      return { facts, plan };
    });
  } catch (cause) {
    throw new LightfleetError(`'${file}' is no plan that Lightfleet wrote, or cannot be read`, {
      code: "LF603",
      kind: "usage",
      hint: `write it with 'lightfleet diff --plan ${file}'`,
      cause,
    });
  }
}

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { isPolicy, type PolicyModel } from "../../model/policy.js";
import type { Model } from "../../model/schema.js";
import { MODEL_VERSION } from "../../model/version.js";
import type { SideFinding } from "../../preview/snapshot.js";
import type { CheckReport } from "../../checks/run.js";
import type { CommandContext } from "../context.js";
import { synthesize } from "../synthesis/synthesize.js";

/** What the process that runs one side of a comparison hands over. */
export interface WrittenSide {
  readonly clusters: readonly WrittenCluster[];
  readonly policies: readonly PolicyModel[];
}

export interface WrittenCluster {
  readonly id: string;
  /** The project's folder, absolute. */
  readonly project: string;
  /** Absolute. */
  readonly stackFile: string;
  readonly model: Model;
  readonly findings: readonly SideFinding[];
  readonly headroom: CheckReport["headroom"];
}

/**
 * Runs a project's program for a comparison, whatever the checks find.
 * @throws LF652 where it was written by a Lightfleet whose models this one does not read, and what running the program throws
 */
export async function writeSide(
  options: { readonly date: string; readonly version: string },
  context: CommandContext,
): Promise<WrittenSide> {
  const { clusters, checks, models, policies } = await synthesize(context, {
    ...{ gate: false, today: options.date, temporary: true },
  });
  const foreign = versionOf(context.dir) !== options.version;
  const written = clusters.map(async ({ id, stackFile, modelFile }): Promise<WrittenCluster> => {
    const drafted = models.find(({ cluster }) => cluster === id);
    const model = drafted !== undefined && !foreign ? drafted : await readForeign(modelFile, context.dir);
    const report = checks.find(({ cluster }) => cluster === id);
    const findings = (report?.findings ?? []).map(({ code, severity, message, acknowledged, places }) => ({
      code,
      severity,
      message,
      acknowledged,
      places: places.map(({ path, source, detail }) =>
        [source && `${source.file}:${source.line}`, `[${path}]`, detail].filter(Boolean).join(" "),
      ),
    }));
    return { id, project: context.dir, stackFile, model, findings, headroom: report?.headroom ?? [] };
  });
  return { clusters: await Promise.all(written), policies: policies.filter(isPolicy) };
}

async function readForeign(file: string, dir: string): Promise<Model> {
  // Loaded for these alone: the schema takes longer to load than most programs to synthesize.
  const { readModel } = await import("../../model/read.js");
  try {
    return readModel(await readFile(file, "utf8"), basename(file));
  } catch (cause) {
    if (LightfleetError.is(cause) && cause.code === "LF034") throw cause;
    throw new LightfleetError(
      `it was made with Lightfleet ${versionOf(dir) ?? "of another version"}, whose models this one does not read`,
      {
        code: "LF652",
        kind: "config",
        hint: `this Lightfleet reads models of versions 1 to ${MODEL_VERSION}`,
        cause,
      },
    );
  }
}

/** The version of Lightfleet that a project's program imports. */
function versionOf(dir: string): string | undefined {
  try {
    const file = createRequire(join(dir, "package.json")).resolve("lightfleet/package.json");
    const { version }: { version?: unknown } = createRequire(import.meta.url)(file);
    return typeof version === "string" ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Whether what a process printed is a side. */
export function isWrittenSide(value: unknown): value is WrittenSide & { readonly ok: true } {
  return (
    typeof value === "object" &&
    value !== null &&
    "ok" in value &&
    value.ok === true &&
    "clusters" in value &&
    Array.isArray(value.clusters)
  );
}

import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { lastSynthesis } from "./last-synthesis.js";
import { inOrder, type Ordered } from "./dependency-order.js";
import type { Project } from "./project.js";
import type { ClusterReport } from "./report.js";
import { isRecord } from "../../lib/records.js";

/** A cluster as it was written. Paths are absolute. */
export interface SynthesizedCluster extends Ordered {
  /** Ids of the clusters that it reads from, or that the program puts before it. */
  readonly needs: readonly string[];
  readonly stackDir: string;
  readonly stackFile: string;
  readonly modelFile: string;
}

/** What a program wrote. */
export interface Written {
  /** In the order in which they can be deployed: those that others need come first. */
  readonly clusters: readonly SynthesizedCluster[];
  /** Names of the stacks in the same program that are not clusters: written, but not deployed by us. */
  readonly otherStacks: readonly string[];
}

interface Stack {
  readonly name: string;
  readonly constructPath?: unknown;
  readonly dependencies?: unknown;
  readonly workingDirectory: string;
  readonly synthesizedStackPath: string;
}

/**
 * Reads what a program wrote last, by cdktf's own manifest.
 * @param reports the clusters among the stacks; where the program could not say, a stack with a model is one
 * @param order ids in the order of the program; the order of the manifest where it is not known
 * @throws LF061 where nothing was written, or it cannot be read
 */
export async function findWritten(
  { dir, outdir }: { readonly dir: string; readonly outdir: string },
  reports?: readonly ClusterReport[],
  order: readonly string[] = reports?.map(({ id }) => id) ?? [],
): Promise<Written> {
  const stacks = await readStacks(dir, outdir);
  const modelOf = (name: string): string | undefined => {
    if (reports !== undefined) return reports.find((report) => report.id === name)?.modelFile;
    const file = join(name, "model.json");
    return existsSync(join(outdir, file)) ? file : undefined;
  };
  const names = new Map(stacks.map(({ name, constructPath }) => [String(constructPath ?? name), name]));
  const place = new Map(order.map((id, i) => [id, i]));
  const clusters = stacks
    .toSorted((a, b) => (place.get(a.name) ?? order.length) - (place.get(b.name) ?? order.length))
    .flatMap((stack): SynthesizedCluster[] => {
      const modelFile = modelOf(stack.name);
      if (modelFile === undefined) return [];
      const [stackDir, stackFile] = [join(outdir, stack.workingDirectory), join(outdir, stack.synthesizedStackPath)];
      const paths = Array.isArray(stack.dependencies) ? stack.dependencies : [];
      const needs = paths.map((path) => names.get(String(path)) ?? String(path));
      return [{ id: stack.name, needs, stackDir, stackFile, modelFile: join(outdir, modelFile) }];
    });
  const ids = clusters.map((cluster) => cluster.id);
  const otherStacks = stacks.map((stack) => stack.name).filter((name) => !ids.includes(name));
  return { clusters: inOrder(clusters), otherStacks };
}

async function readStacks(dir: string, outdir: string): Promise<Stack[]> {
  const path = join(outdir, "manifest.json");
  const manifest = await readWritten(path, relative(dir, path));
  if (manifest === undefined)
    throw new LightfleetError(`there is no ${relative(dir, path)}: nothing was synthesized`, {
      code: "LF061",
      kind: "config",
      hint: "run 'lightfleet synth'; the program must call 'app.synth()', and write where cdktf.json says",
    });
  const stacks = isRecord(manifest) && isRecord(manifest["stacks"]) ? Object.values(manifest["stacks"]) : [];
  return stacks.filter(isStack);
}

/** The Terraform JSON of a cluster as it was written; undefined where it is not there. @throws LF061 where it cannot be read */
export const readStack = ({
  stackDir,
  stackFile,
}: Pick<SynthesizedCluster, "stackDir" | "stackFile">): Promise<unknown> =>
  readWritten(stackFile, relative(resolve(stackDir, "..", "..", ".."), stackFile));

/** @param name as it is told */
async function readWritten(path: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    const why =
      cause instanceof SyntaxError ? "it is cut off, or no JSON" : cause instanceof Error ? cause.message : "";
    throw new LightfleetError(`${name} cannot be read: ${why}`, {
      code: "LF061",
      kind: "config",
      hint: "run 'lightfleet synth': it is written anew",
      cause,
    });
  }
}

function isStack(value: unknown): value is Stack {
  const keys = ["name", "workingDirectory", "synthesizedStackPath"];
  return isRecord(value) && keys.every((key) => typeof value[key] === "string");
}

/** What a project's program wrote last, wherever that was. @throws LF061 where nothing was written, or it cannot be read */
export async function findLastWritten(project: Project): Promise<Written> {
  const { outdir, clusters } = await lastSynthesis(project);
  return findWritten({ dir: project.dir, outdir }, undefined, clusters);
}

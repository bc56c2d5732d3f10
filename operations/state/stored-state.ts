import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { findEngine } from "../../terraform/engine.js";
import { pullState } from "../../terraform/state.js";
import { readObject } from "../../stacks/aws/state/state-object.js";
import type { CommandContext } from "../context.js";
import { describeBackend, readBackend } from "./backend.js";
import { readStack } from "../program/output-folder.js";

/** Where a cluster was synthesized to. */
export interface Place {
  readonly stackDir: string;
  readonly stackFile: string;
}

/** A state as it is kept. */
export interface KeptState {
  readonly text: string;
  /** As in `the state in terraform.shop.tfstate`. */
  readonly where: string;
}

/**
 * The state of a cluster as text: by the engine where it was prepared here, else from where the program keeps it, as in a
 * checkout that only looks. Undefined where it cannot be had, or there is none: a status is worth having without it.
 */
export async function readState(context: CommandContext, place: Place): Promise<KeptState | undefined> {
  const prepared = existsSync(join(place.stackDir, ".terraform", "terraform.tfstate"));
  const byEngine = prepared ? await ifPossible(() => pull(context, place)) : undefined;
  return byEngine ?? ifPossible(() => fetchState(place));
}

async function pull({ env, dir }: CommandContext, { stackDir }: Place): Promise<KeptState> {
  const engine = await findEngine(env, dir);
  return { text: await pullState({ engine, cwd: stackDir, env }), where: "the state" };
}

async function fetchState(place: Place): Promise<KeptState | undefined> {
  const root = await readStack(place);
  if (root === undefined) return undefined;
  const backend = readBackend(root);
  if (backend.kind === "other") return undefined;
  if (backend.kind === "s3") return kept(await readObject(backend), describeBackend(backend));
  const file = resolve(place.stackDir, backend.path || "terraform.tfstate");
  return kept(await readFile(file, "utf8").catch(() => undefined), basename(file));
}

const kept = (text: string | undefined, where: string): KeptState | undefined =>
  text === undefined ? undefined : { text, where: `the state in ${where}` };

async function ifPossible<T>(read: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (LightfleetError.is(error)) return undefined;
    throw error;
  }
}

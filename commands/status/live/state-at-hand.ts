import { GetObjectCommand } from "@aws-sdk/client-s3";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { LightfleetError } from "../../../errors/error.js";
import { findEngine } from "../../../terraform/engine.js";
import { pullState } from "../../../terraform/state.js";
import { s3 } from "../../aws/clients.js";
import { asking } from "../../aws/errors.js";
import type { CommandContext } from "../../context.js";
import { readBackend, type Backend } from "../../live/backend.js";

/** Where a cluster was synthesized to. */
export interface Place {
  readonly stackDir: string;
  readonly stackFile: string;
}

/**
 * The state of a cluster as text: by the engine where it was prepared here, else from where the program keeps it, as in a
 * checkout that only looks. Undefined where it cannot be had, or there is none: a status is worth having without it.
 */
export async function readState(context: CommandContext, place: Place): Promise<string | undefined> {
  const prepared = existsSync(join(place.stackDir, ".terraform", "terraform.tfstate"));
  const byEngine = prepared ? await ifPossible(() => pull(context, place)) : undefined;
  return byEngine ?? ifPossible(() => fetchState(place));
}

async function pull({ env, dir }: CommandContext, { stackDir }: Place): Promise<string> {
  const engine = await findEngine(env, dir);
  return pullState({ engine, cwd: stackDir, env });
}

async function fetchState({ stackDir, stackFile }: Place): Promise<string | undefined> {
  const text = await readFile(stackFile, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const backend = readBackend(JSON.parse(text));
  if (backend.kind === "s3") return fromBucket(backend);
  if (backend.kind !== "local") return undefined;
  return readFile(resolve(stackDir, backend.path || "terraform.tfstate"), "utf8").catch(() => undefined);
}

function fromBucket({ bucket, key, region }: Extract<Backend, { kind: "s3" }>): Promise<string | undefined> {
  return asking("s3:GetObject", async () => {
    const found = await s3(region).send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return found.Body?.transformToString();
  });
}

async function ifPossible(read: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    if (LightfleetError.is(error)) return undefined;
    throw error;
  }
}

import { homedir, tmpdir } from "node:os";
import type { Check } from "../operations/doctor/check.js";
import { checkCliConfig } from "../operations/doctor/cli-config.js";
import { checkCopies } from "../operations/doctor/copies.js";
import { checkCredentials } from "../operations/doctor/credentials.js";
import { checkEngine } from "../operations/doctor/engine.js";
import { checkEsbuild } from "../operations/doctor/esbuild.js";
import { checkNode } from "../operations/doctor/node.js";
import { checkProject } from "../operations/doctor/project.js";
import { checkProvider } from "../operations/doctor/provider.js";
import type { CommandContext } from "../operations/context.js";

export type { Check } from "../operations/doctor/check.js";

export interface DoctorResult {
  readonly checks: readonly Check[];
  /** Whether nothing is missing that the sandbox needs. */
  readonly healthy: boolean;
}

/** Looks at what Lightfleet needs. It asks nothing of the network. */
export async function doctor(context: CommandContext): Promise<DoctorResult> {
  const { dir, env } = context;
  const checks = await Promise.all([
    checkNode(process.versions.node),
    checkEngine(env, dir),
    checkEsbuild(),
    checkProvider(tmpdir()),
    checkProject(dir, env),
    checkCopies(dir),
    checkCredentials(env, env["HOME"] ?? homedir()),
    ...checkCliConfig(env, dir),
  ]);
  return { checks, healthy: checks.every((check) => check.status === "ok" || !check.required) };
}

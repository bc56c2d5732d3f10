import * as z from "zod/mini";
import { LightfleetError } from "../errors/error.js";
import { runProcess } from "./process.js";
import { engineEnv } from "./env.js";

export type EngineName = "terraform" | "tofu";

/** The oldest version of each engine that is driven. */
export const MINIMUM: Readonly<Record<EngineName, string>> = { terraform: "1.5.0", tofu: "1.6.0" };

const versionSchema = z.object({ terraform_version: z.string() });

/** The arguments of `version`. */
export function versionArgs(): string[] {
  return ["version", "-json"];
}

/**
 * Asks a binary who it is.
 * @throws LF067 when it does not answer as Terraform or OpenTofu does
 */
export async function readVersion(path: string, cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const outcome = await runProcess({ file: path, args: versionArgs(), cwd, env: engineEnv(env) });
  const version = outcome.reason === "exited" && outcome.exitCode === 0 ? parseVersion(outcome.stdout) : undefined;
  if (version !== undefined) return version;
  throw new LightfleetError(`'${path} version -json' did not answer as Terraform or OpenTofu does`, {
    code: "LF067",
    kind: "external",
    hint: "run it by hand to see why, or name another engine with LIGHTFLEET_ENGINE",
    cause: outcome.reason === "spawn-failed" ? outcome.cause : outcome,
  });
}

/** The version in what `version -json` printed, or undefined where there is none. Both engines use the same field. */
export function parseVersion(stdout: string): string | undefined {
  try {
    const parsed = versionSchema.safeParse(JSON.parse(stdout));
    return parsed.success && /^\d+\.\d+\.\d+/.test(parsed.data.terraform_version)
      ? parsed.data.terraform_version
      : undefined;
  } catch {
    return undefined;
  }
}

/** Whether `version` is `minimum` or later. A pre-release counts as the release that it leads to. */
export function isAtLeast(version: string, minimum: string): boolean {
  const [a, b] = [numbers(version), numbers(minimum)];
  for (let i = 0; i < 3; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}

function numbers(version: string): number[] {
  return (/^\d+\.\d+\.\d+/.exec(version)?.[0] ?? "0.0.0").split(".").map(Number);
}

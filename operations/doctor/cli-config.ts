import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Check } from "./check.js";

/** The engine's own configuration, where the environment names one: a mirror is written there. The sandbox has its own. */
export function checkCliConfig(env: NodeJS.ProcessEnv, dir: string): Check[] {
  const name = "CLI configuration";
  const detail = env["TF_CLI_CONFIG_FILE"] ?? "";
  if (detail === "") return [];
  if (existsSync(resolve(dir, detail))) return [{ name, status: "ok", detail, required: false }];
  const missing = `TF_CLI_CONFIG_FILE names '${detail}', which is not there`;
  return [{ name, status: "missing", detail: missing, hint: "write it, or unset the variable", required: false }];
}

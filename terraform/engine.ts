import { access, constants, stat } from "node:fs/promises";
import { basename, delimiter, isAbsolute, join, resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { isAtLeast, MINIMUM, readVersion, type EngineName } from "./version.js";

/** A Terraform or OpenTofu binary that is recent enough. */
export interface Engine {
  readonly name: EngineName;
  readonly path: string;
  readonly version: string;
}

/** What to do where there is no engine. */
export const INSTALL_HINT =
  "install Terraform (https://developer.hashicorp.com/terraform/install) or OpenTofu (https://opentofu.org/docs/intro/install) " +
  "and put it on PATH, or name its binary with LIGHTFLEET_ENGINE";

/**
 * Finds the engine: `LIGHTFLEET_ENGINE` (a name on PATH, or a path), else `terraform`, else `tofu` on PATH.
 * @throws LF065 when there is none, LF066 when it is too old, LF067 when the binary is something else
 */
export async function findEngine(env: NodeJS.ProcessEnv, cwd = process.cwd()): Promise<Engine> {
  const path = await locateEngine(env, cwd);
  const version = await readVersion(path, cwd, env);
  const name = engineName(path);
  if (isAtLeast(version, MINIMUM[name])) return { name, path, version };
  throw new LightfleetError(`${name} ${version} at ${path} is too old: ${name} >= ${MINIMUM[name]} is needed`, {
    code: "LF066",
    kind: "external",
    hint: INSTALL_HINT,
  });
}

/**
 * The path of the binary that would be used, without running it.
 * @throws LF065 when there is none
 */
export async function locateEngine(env: NodeJS.ProcessEnv, cwd: string): Promise<string> {
  const wanted = env["LIGHTFLEET_ENGINE"]?.trim() ?? "";
  for (const candidate of wanted === "" ? ["terraform", "tofu"] : [wanted]) {
    const found = await lookUp(candidate, env, cwd);
    if (found !== undefined) return found;
  }
  const message =
    wanted === ""
      ? "neither terraform nor tofu was found on PATH"
      : `LIGHTFLEET_ENGINE names '${wanted}', which is not an executable file here or on PATH`;
  throw new LightfleetError(message, { code: "LF065", kind: "external", hint: INSTALL_HINT });
}

/** OpenTofu answers `version -json` in Terraform's words, so the name of the file has to tell them apart. */
function engineName(path: string): EngineName {
  return basename(path).toLowerCase().includes("tofu") ? "tofu" : "terraform";
}

async function lookUp(name: string, env: NodeJS.ProcessEnv, cwd: string): Promise<string | undefined> {
  if (isAbsolute(name) || /[/\\]/.test(name)) {
    const path = resolve(cwd, name);
    return (await isExecutable(path)) ? path : undefined;
  }
  const endings = process.platform === "win32" ? ["", ".exe"] : [""];
  for (const folder of (env["PATH"] ?? env["Path"] ?? "").split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder === "" ? cwd : folder, name + ending);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

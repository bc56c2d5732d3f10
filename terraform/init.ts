import { COMMON, runEvents, runText, type EngineContext } from "./run.js";
import type { Engine } from "./engine.js";
import { isAtLeast } from "./version.js";

export interface InitOptions {
  /** Take newer versions of providers than those in the lock file. Defaults to false. */
  readonly upgrade?: boolean;
  /** Take the backend as configured now, and leave a state of another backend where it is. Defaults to false. */
  readonly reconfigure?: boolean;
}

/** The arguments of `init`. */
export function initArgs(options: InitOptions = {}, json = false): string[] {
  return [
    "init",
    ...COMMON,
    ...(json ? ["-json"] : []),
    ...(options.upgrade ? ["-upgrade"] : []),
    ...(options.reconfigure ? ["-reconfigure"] : []),
  ];
}

/** Prepares a root module: backend and providers. @throws LF068 when it fails, LF071 when interrupted */
export async function init(context: EngineContext, options: InitOptions = {}): Promise<void> {
  const json = speaksJson(context.engine);
  await (json ? runEvents : runText)(context, initArgs(options, json));
}

/** `init -json` came with Terraform 1.9; before, and in OpenTofu, what it says is text. */
function speaksJson({ name, version }: Engine): boolean {
  return name === "terraform" && isAtLeast(version, "1.9.0");
}

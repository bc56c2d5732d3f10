import { LINUX_LIMITS, RUNTIME_PATHS } from "../model/limits/linux.js";
import type { Border } from "./props-validator.js";
import { entryOf } from "./show.js";

/** An absolute path of a container, as it is taken. */
export const PATH = /^(\/[\w.@+-]+)+$/;
/** Where Docker mounts what it gives every container itself, or the root of all. */
const TAKEN = new Set(["/dev"]);

/** Paths that the engine and the container's runtime can mount something at. */
export function checkPaths(prop: string, paths: readonly string[], allowed: string, border: Border): void {
  for (const path of paths) {
    const at = entryOf(prop, path);
    if (!PATH.test(path)) {
      border.text(at, path, PATH, allowed);
      continue;
    }
    if (!checkParts(at, path, border)) continue;
    const runtime = RUNTIME_PATHS.find((taken) => path === taken || path.startsWith(`${taken}/`));
    if (runtime !== undefined || TAKEN.has(path))
      border.refuse("LF018", `'${at}' is a path that Docker mounts itself: ${runtime ?? path}`, "choose another path");
  }
}

/** Refuses what leads elsewhere than it says, and what the kernel has no name for. */
export function checkParts(at: string, path: string, border: Border): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.includes("..") || parts.includes(".")) {
    border.refuse("LF018", `'${at}' must be a path without "." and ".."`);
    return false;
  }
  const longest = parts.reduce((most, part) => Math.max(most, part.length), 0);
  return border.limit(at, LINUX_LIMITS.fileName, longest) && border.limit(at, LINUX_LIMITS.path, path.length);
}

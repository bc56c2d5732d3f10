import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { byteLength } from "../model/limits/limit.js";
import { LINUX_LIMITS, RUNTIME_PATHS } from "../model/limits/linux.js";
import { byText } from "../model/order.js";
import type { ServiceModel, Value } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import { sameCluster, type Element } from "./element.js";
import { entryOf, showValue } from "./show.js";
import type { Service, ServiceProps } from "./service.js";
import { toValue } from "./value.js";

const PATH = /^(\/[\w.@+-]+)+$/;
/** Where Docker mounts what it gives every container itself, or the root of all. */
const TAKEN = new Set(["/dev"]);

/** Takes what a service mounts over the border: secrets, volumes, files; each path once. */
export function readMounts(
  service: Service,
  { secrets = {}, volumes = {}, files = {}, shm }: Partial<ServiceProps>,
  border: Border,
): Pick<ServiceModel, "secrets" | "volumes" | "files"> {
  border.keys("secrets", secrets, /^[\w.-]+$/, `the name of a file, as in "db-password"`);
  for (const name of Object.keys(secrets)) checkParts(entryOf("secrets", name), name, border);
  checkPaths("volumes", Object.keys(volumes), `an absolute path, as in "/data"`, border);
  checkPaths("files", Object.keys(files), `an absolute path, as in "/etc/app.conf"`, border);
  for (const path of Object.keys(files))
    if (Object.hasOwn(volumes, path)) border.refuse("LF015", `'files' and 'volumes' both hold ${showValue(path)}`);
  if (shm !== undefined && Object.hasOwn(volumes, "/dev/shm"))
    border.refuse("LF015", `'shm' and 'volumes' both hold "/dev/shm"`, "keep one of the two");
  if (Object.keys(secrets).length > 0 && Object.hasOwn(volumes, "/run/secrets"))
    border.refuse("LF015", `'secrets' and 'volumes' both hold "/run/secrets"`);
  checkClash(Object.keys(files), Object.keys(secrets), Object.keys(volumes), border);
  return {
    secrets: names(service, "secrets", secrets, border),
    volumes: names(service, "volumes", volumes, border),
    files: Object.fromEntries(
      Object.entries(files)
        .sort(([a], [b]) => byText(a, b))
        .map(([path, text]) => [path, readContent(service, path, text, border)]),
    ),
  };
}

/** Paths that the engine and the container's runtime can mount something at. */
function checkPaths(prop: string, paths: readonly string[], allowed: string, border: Border): void {
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
function checkParts(at: string, path: string, border: Border): boolean {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.includes("..") || parts.includes(".")) {
    border.refuse("LF018", `'${at}' must be a path without "." and ".."`);
    return false;
  }
  const longest = parts.reduce((most, part) => Math.max(most, part.length), 0);
  return border.limit(at, LINUX_LIMITS.fileName, longest) && border.limit(at, LINUX_LIMITS.path, path.length);
}

/** A file cannot lie where another has to be a directory, nor where a secret lies. */
function checkClash(
  files: readonly string[],
  secrets: readonly string[],
  volumes: readonly string[],
  border: Border,
): void {
  if (files.length === 0) return;
  const taken = new Set(files);
  for (const path of secrets.map((name) => `/run/secrets/${name}`))
    if (taken.has(path)) border.refuse("LF015", `'files' and 'secrets' both hold ${showValue(path)}`);
  for (const path of [...files, ...volumes])
    for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1))
      if (taken.has(path.slice(0, end)))
        border.refuse("LF015", `${showValue(path.slice(0, end))} is a file, and ${showValue(path)} lies below it`);
}

/** A file's content; that of a token is known when it is applied, and its size is then the manager's to look at. */
function readContent(service: Service, path: string, text: string, border: Border): Value {
  const content = toValue(service, text);
  if (typeof content !== "string") return content;
  const hint =
    content === ""
      ? "an empty file is none that Swarm can hold: write a newline"
      : "put what is large into the image, a volume or a bucket";
  border.limit(entryOf("files", path), ENGINE_LIMITS.configSize, byteLength(content), hint);
  return content;
}

function names(
  service: Service,
  prop: string,
  entries: Readonly<Record<string, Element>>,
  border: Border,
): Record<string, string> {
  const own = Object.entries(entries).filter(([key, element]) => {
    if (sameCluster(element, service)) return true;
    border.refuse("LF017", `'${prop}.${key}' is '${element.node.path}' of another cluster`);
    return false;
  });
  return Object.fromEntries(own.sort(([a], [b]) => byText(a, b)).map(([key, element]) => [key, element.name]));
}

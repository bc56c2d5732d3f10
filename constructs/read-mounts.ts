import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { byText, sortedRecord } from "../model/order.js";
import type { ServiceModel } from "../model/schema.js";
import { checkParts, checkPaths } from "./mount-path.js";
import { readFiles } from "./read-files.js";
import type { Border } from "./props-validator.js";
import { sameCluster, type Element } from "./element.js";
import { entryOf, showValue } from "./show.js";
import type { SettledProps } from "./late-values.js";
import type { Service, ServiceProps } from "./service.js";

/** Takes what a service mounts over the border: secrets, volumes, files; each path once. */
export function readMounts(
  service: Service,
  { secrets = {}, volumes = {}, files = {}, tmpfs = {}, shm }: SettledProps,
  border: Border,
): Pick<ServiceModel, "secrets" | "volumes" | "files" | "binaryFiles" | "fileOwners" | "tmpfs"> {
  border.keys("secrets", secrets, /^[\w.-]+$/, `the name of a file, as in "db-password"`);
  for (const name of Object.keys(secrets)) checkParts(entryOf("secrets", name), name, border);
  checkPaths("volumes", Object.keys(volumes), `an absolute path, as in "/data"`, border);
  checkPaths("tmpfs", Object.keys(tmpfs), `an absolute path, as in "/tmp"`, border);
  checkPaths("files", Object.keys(files), `an absolute path, as in "/etc/app.conf"`, border);
  for (const path of Object.keys(files))
    if (Object.hasOwn(volumes, path)) border.refuse("LF015", `'files' and 'volumes' both hold ${showValue(path)}`);
  if (shm !== undefined && Object.hasOwn(volumes, "/dev/shm"))
    border.refuse("LF015", `'shm' and 'volumes' both hold "/dev/shm"`, "keep one of the two");
  if (Object.keys(secrets).length > 0 && Object.hasOwn(volumes, "/run/secrets"))
    border.refuse("LF015", `'secrets' and 'volumes' both hold "/run/secrets"`);
  for (const path of Object.keys(tmpfs))
    for (const [prop, others] of Object.entries({ files, volumes }))
      if (Object.hasOwn(others, path)) border.refuse("LF015", `'tmpfs' and '${prop}' both hold ${showValue(path)}`);
  if (Object.hasOwn(tmpfs, "/dev/shm"))
    border.refuse("LF015", `'tmpfs' holds "/dev/shm", which Docker mounts itself`, "set its size by 'shm'");
  if (Object.keys(secrets).length > 0 && Object.hasOwn(tmpfs, "/run/secrets"))
    border.refuse("LF015", `'secrets' and 'tmpfs' both hold "/run/secrets"`);
  checkClash(Object.keys(files), Object.keys(secrets), [...Object.keys(volumes), ...Object.keys(tmpfs)], border);
  return {
    secrets: names(service, "secrets", secrets, border),
    volumes: names(service, "volumes", volumes, border),
    ...(Object.keys(tmpfs).length > 0 && { tmpfs: readTmpfs(tmpfs, border) }),
    ...readFiles(service, files, border),
  };
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

const readTmpfs = (tmpfs: NonNullable<ServiceProps["tmpfs"]>, border: Border): Record<string, number> =>
  sortedRecord(
    Object.fromEntries(
      Object.entries(tmpfs).map(([path, size]) => [
        path,
        border.memoryMiB(entryOf("tmpfs", path), size, ENGINE_LIMITS.sharedMemory) ?? 1,
      ]),
    ),
  );

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

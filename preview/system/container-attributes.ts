import type { ServiceModel } from "../../model/schema.js";
import type { Attribute } from "../schema.js";
import { attribute, entriesChanged, keysChanged, mib, span } from "../values.js";

/** What differs of a container's settings that few have. The entrypoint is named without its words, as arguments are. */
export function containerAttributes(was: ServiceModel, now: ServiceModel): Attribute[] {
  const set = (value: unknown): string | null => (value === undefined ? null : "set");
  return [
    ...attribute("entrypoint", was.entrypoint, now.entrypoint, set),
    ...attribute("workingDir", was.workingDir, now.workingDir),
    ...attribute("hostname", was.hostname, now.hostname),
    ...attribute("init", was.init, now.init),
    ...attribute("tty", was.tty, now.tty),
    ...attribute("stopSignal", was.stopSignal, now.stopSignal),
    ...keysChanged("files", was.binaryFiles ?? {}, now.binaryFiles ?? {}),
    ...entriesChanged("files", owners(was), owners(now)),
    ...entriesChanged("tmpfs", shown(was.tmpfs, mib), shown(now.tmpfs, mib)),
    ...entriesChanged("ulimits", shown(was.ulimits, range), shown(now.ulimits, range)),
    ...entriesChanged("extraHosts", was.extraHosts ?? {}, now.extraHosts ?? {}),
    ...attribute("dns", was.dns, now.dns),
    ...attribute("discovery", was.discovery ?? "vip", now.discovery ?? "vip"),
    ...attribute("restart", describeRestart(was.restart), describeRestart(now.restart)),
  ];
}

type Entries<T> = Readonly<Record<string, T>> | undefined;

const shown = <T>(entries: Entries<T>, text: (value: T) => string | null): Record<string, string | null> =>
  Object.fromEntries(Object.entries(entries ?? {}).map(([name, value]) => [name, text(value)]));

/** Who owns and may read files, each by its path and what is asked. */
const owners = ({ fileOwners = {} }: ServiceModel): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fileOwners).map(([path, { mode = 0o444, uid = 0, gid = 0 }]) => [
      `${path}.mode`,
      `0${mode.toString(8).padStart(3, "0")} of ${uid}:${gid}`,
    ]),
  );

const range = ({ soft, hard }: { readonly soft: number; readonly hard: number }): string =>
  soft === hard ? limit(soft) : `${limit(soft)} to ${limit(hard)}`;
const limit = (value: number): string => (value === -1 ? "no limit" : String(value));

function describeRestart(restart: ServiceModel["restart"]): string {
  const { condition, delayMs, maxAttempts, windowMs } = restart ?? DEFAULT_RESTART;
  const when = condition === "any" ? "always" : "on failure";
  const most = maxAttempts === null ? "" : `, ${maxAttempts} times`;
  return `${when} after ${span(delayMs)}${most}${windowMs === null ? "" : ` within ${span(windowMs)}`}`;
}

const DEFAULT_RESTART = { condition: "any", delayMs: 5_000, maxAttempts: null, windowMs: null } as const;

import { RELEASE_VERSION } from "./release.js";
import { type Fields, isRecord, recordOf } from "../lib/records.js";

/** A service as a release has it. */
export interface ReleasedService {
  readonly image: unknown;
  readonly replicas: unknown;
  /** All else by name, with the text of its files and the places of its secrets. */
  readonly settings: Fields;
}

/** The services of a release, by id. */
export type ReleasedServices = ReadonlyMap<string, ReleasedService>;

/** Stands for a value that only Terraform knows. */
export const UNKNOWN: unique symbol = Symbol("known after apply");

/** The services of a release bundle; undefined where it is of a format that is not known. */
export function releasedServices(bundle: unknown): ReleasedServices | undefined {
  const { version, stack, configs, secrets } = recordOf(bundle);
  if (version !== RELEASE_VERSION) return undefined;
  const services = Object.entries(recordOf(recordOf(stack)["services"]));
  return new Map(services.map(([id, spec]) => [id, serviceOf(recordOf(spec), recordOf(configs), recordOf(secrets))]));
}

function serviceOf({ image, deploy, ...spec }: Fields, configs: Fields, secrets: Fields): ReleasedService {
  const { mode, replicas, ...how } = recordOf(deploy);
  const files = withSources(spec["configs"], configs);
  const used = withSources(spec["secrets"], secrets);
  return {
    image,
    replicas: mode === "global" ? "everywhere" : replicas,
    settings: { ...spec, ...how, ...(files && { files, configs: undefined }), ...(used && { secrets: used }) },
  };
}

/** What a service takes from elsewhere in the release, with what is there. */
const withSources = (entries: unknown, sources: Fields): unknown[] | undefined =>
  Array.isArray(entries) ? entries.map((entry) => [entry, sources[String(recordOf(entry)["source"])]]) : undefined;

/** Names of the settings that are not alike; what only Terraform knows is taken for alike. */
export function otherSettings({ settings: from }: ReleasedService, { settings: to }: ReleasedService): string[] {
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  return names.filter((name) => !alike(from[name], to[name])).sort();
}

function alike(from: unknown, to: unknown): boolean {
  if (from === to || to === UNKNOWN) return true;
  if (Array.isArray(from) && Array.isArray(to))
    return from.length === to.length && from.every((one, i) => alike(one, to[i]));
  if (!isRecord(from) || !isRecord(to)) return false;
  return Object.keys({ ...from, ...to }).every((key) => key in from && key in to && alike(from[key], to[key]));
}

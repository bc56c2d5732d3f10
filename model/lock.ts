import { LightfleetError } from "../errors/error.js";

/** Name of the file that pins what a program depends on outside of itself; it belongs into git. */
export const LOCK_FILE = "lightfleet.lock.json";

/** A pinned machine image. */
export interface LockedImage {
  readonly id: string;
  /** Version of the Docker Engine in it, as in `"27.3.1"`, where that is known. */
  readonly docker?: string;
}

/** What the lock file holds: images by region, then by `photon-<release>-<arch>`. */
export interface Lock {
  readonly version: 1;
  readonly images: Readonly<Record<string, Readonly<Record<string, LockedImage>>>>;
  /** Zones that offer a machine type, by region and type, where that was asked. */
  readonly offerings?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Key of an image within its region. */
export const imageKey = (release: string, arch: string): string => `photon-${release}-${arch}`;

/**
 * Reads a lock file's text.
 * @throws LF031 where it is not a lock file of version 1
 */
export function readLock(text: string): Lock {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    throw unreadable("it is not JSON", cause);
  }
  if (!isRecord(data) || data["version"] !== 1) throw unreadable("its 'version' must be 1");
  const images = data["images"] ?? {};
  if (!isRecord(images)) throw unreadable("'images' must be an object of regions");
  const regions = Object.entries(images).map(([region, entries]) => [region, readRegion(region, entries)] as const);
  const offerings = data["offerings"];
  return {
    version: 1,
    images: Object.fromEntries(regions),
    ...(offerings !== undefined && { offerings: readOfferings(offerings) }),
  };
}

function readOfferings(data: unknown): Record<string, Record<string, string[]>> {
  if (!isRecord(data)) throw unreadable("'offerings' must be an object of regions");
  return Object.fromEntries(
    Object.entries(data).map(([region, types]) => {
      if (!isRecord(types)) throw unreadable(`'offerings.${region}' must be an object of machine types`);
      const entries = Object.entries(types).map(([type, zones]) => {
        if (!isTexts(zones)) throw unreadable(`'offerings.${region}.${type}' must be a list of zones`);
        return [type, zones] as const;
      });
      return [region, Object.fromEntries(entries)];
    }),
  );
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

function readRegion(region: string, entries: unknown): Record<string, LockedImage> {
  if (!isRecord(entries)) throw unreadable(`'images.${region}' must be an object of images`);
  return Object.fromEntries(
    Object.entries(entries).map(([key, image]) => {
      if (!isRecord(image) || typeof image["id"] !== "string" || !/^ami-[0-9a-f]{8,17}$/.test(image["id"]))
        throw unreadable(`'images.${region}.${key}.id' must be an AMI id`);
      const { id, docker } = image;
      if (docker !== undefined && (typeof docker !== "string" || !/^\d+\.\d+\.\d+$/.test(docker)))
        throw unreadable(`'images.${region}.${key}.docker' must be a version, as in "27.3.1"`);
      return [key, { id, ...(typeof docker === "string" && { docker }) }];
    }),
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function unreadable(why: string, cause?: unknown): LightfleetError {
  return new LightfleetError(`cannot read '${LOCK_FILE}': ${why}`, {
    code: "LF031",
    kind: "config",
    hint: "restore it from git",
    cause,
  });
}

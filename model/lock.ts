import { LightfleetError } from "../errors/error.js";
import type { NumbersModel } from "./schema.js";
import { isRecord } from "../lib/records.js";

/** Name of the file that pins what a program depends on outside of itself; it belongs into git. */
export const LOCK_FILE = "lightfleet.lock.json";

/** A pinned machine image. */
export interface LockedImage {
  readonly id: string;
  /** Version of the Docker Engine in it, as in `"27.3.1"`, where that is known. */
  readonly docker?: string;
  readonly name?: string;
  readonly arch?: "x86_64" | "arm64";
  /** How machines boot it, as EC2 says it: `legacy-bios`, `uefi` or `uefi-preferred`. */
  readonly bootMode?: string;
  /** Of the raw disk that it was imported from, as in `sha256:…`. */
  readonly digest?: string;
}

/** What the lock file holds: images by region, then by `photon-<release>-<arch>`. */
export interface Lock {
  readonly version: 1;
  readonly images: Readonly<Record<string, Readonly<Record<string, LockedImage>>>>;
  /** Zones that offer a machine type, by region and type, where that was asked. */
  readonly offerings?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Numbers that were given out, by cluster; those of things that were removed stay, so that nothing else gets them. */
  readonly numbers?: Readonly<Record<string, NumbersModel>>;
}

/** Key of an image within its region. */
export const imageKey = (release: string, arch: string): string => `photon-${release}-${arch}`;

/**
 * Reads a lock file's text.
 * @throws LF031 where it is not a lock file of version 1, LF032 where a number is given out twice
 */
export function readLock(text: string): Lock {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (cause) {
    if (/^<{7} /m.test(text))
      throw unreadable(
        "a merge left its marks in it",
        cause,
        "keep the lines of both sides; 'lightfleet synth' tells what is in it twice",
      );
    throw unreadable("it is not JSON", cause);
  }
  if (!isRecord(data) || data["version"] !== 1) throw unreadable("its 'version' must be 1");
  const images = data["images"] ?? {};
  if (!isRecord(images)) throw unreadable("'images' must be an object of regions");
  const regions = Object.entries(images).map(([region, entries]) => [region, readRegion(region, entries)] as const);
  const { offerings, numbers } = data;
  return {
    version: 1,
    images: Object.fromEntries(regions),
    ...(offerings !== undefined && { offerings: readOfferings(offerings) }),
    ...(numbers !== undefined && { numbers: readNumbers(numbers) }),
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

function readNumbers(data: unknown): Record<string, NumbersModel> {
  if (!isRecord(data)) throw unreadable("'numbers' must be an object of clusters");
  return Object.fromEntries(
    Object.entries(data).map(([cluster, kinds]) => {
      const at = `numbers.${cluster}`;
      if (!isRecord(kinds)) throw unreadable(`'${at}' must be an object of 'ports', 'priorities' and 'networks'`);
      const gateways = kinds["priorities"] ?? {};
      if (!isRecord(gateways)) throw unreadable(`'${at}.priorities' must be an object of gateways`);
      const priorities = Object.entries(gateways).map(
        ([gateway, of]) => [gateway, readUnique(`${at}.priorities.${gateway}`, of, isNumber, "a number")] as const,
      );
      const numbers = {
        ports: readUnique(`${at}.ports`, kinds["ports"], isNumber, "a number"),
        priorities: Object.fromEntries(priorities),
        networks: readUnique(`${at}.networks`, kinds["networks"], isText, "a range of addresses"),
      };
      return [cluster, numbers] as const;
    }),
  );
}

/** What each key was given, which no other key has. @throws LF032 where two have it */
function readUnique<T extends string | number>(
  at: string,
  data: unknown,
  is: (value: unknown) => value is T,
  what: string,
): Record<string, T> {
  if (data === undefined) return {};
  if (!isRecord(data)) throw unreadable(`'${at}' must be an object`);
  const owners = new Map<T, string>();
  const entries = Object.entries(data).map(([key, value]) => {
    if (!is(value)) throw unreadable(`'${at}' must have ${what} for ${JSON.stringify(key)}`);
    const owner = owners.get(value);
    if (owner !== undefined) throw givenTwice(at, value, [owner, key]);
    owners.set(value, key);
    return [key, value] as const;
  });
  return Object.fromEntries(entries);
}

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value > 0;

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((entry) => typeof entry === "string");

function readRegion(region: string, entries: unknown): Record<string, LockedImage> {
  if (!isRecord(entries)) throw unreadable(`'images.${region}' must be an object of images`);
  return Object.fromEntries(
    Object.entries(entries).map(([key, image]) => {
      return [key, readImage(`images.${region}.${key}`, key, image)];
    }),
  );
}

function readImage(at: string, key: string, image: unknown): LockedImage {
  if (!isRecord(image) || typeof image["id"] !== "string" || !/^ami-[0-9a-f]{8,17}$/.test(image["id"]))
    throw unreadable(`'${at}.id' must be an AMI id`);
  const { id, arch } = image;
  const docker = optional(image, at, "docker", /^\d+\.\d+\.\d+$/, 'a version, as in "27.3.1"');
  const name = optional(image, at, "name", /./, "a text");
  const bootMode = optional(image, at, "bootMode", /^[a-z0-9-]+$/, 'as EC2 says it, as in "uefi"');
  const digest = optional(image, at, "digest", /^sha256:[0-9a-f]{64}$/, 'as in "sha256:…"');
  if (arch !== undefined && arch !== "x86_64" && arch !== "arm64")
    throw unreadable(`'${at}.arch' must be "x86_64" or "arm64"`);
  if (arch !== undefined && !key.endsWith(`-${arch}`))
    throw unreadable(`'${at}.arch' is "${arch}": a machine of another architecture cannot boot it`);
  return { id, ...docker, ...(arch !== undefined && { arch }), ...name, ...bootMode, ...digest };
}

/** A text of an object where it has it. */
function optional<K extends string>(
  data: Record<string, unknown>,
  at: string,
  key: K,
  shape: RegExp,
  what: string,
): Partial<Record<K, string>> {
  const value = data[key];
  if (value === undefined) return {};
  if (typeof value !== "string" || !shape.test(value)) throw unreadable(`'${at}.${key}' must be ${what}`);
  const found: Partial<Record<K, string>> = {};
  found[key] = value;
  return found;
}

function unreadable(why: string, cause?: unknown, hint = "restore it from git"): LightfleetError {
  return new LightfleetError(`cannot read '${LOCK_FILE}': ${why}`, { code: "LF031", kind: "config", hint, cause });
}

/** Two changes that were made side by side each took the next free number. */
function givenTwice(at: string, value: string | number, keys: readonly [string, string]): LightfleetError {
  const [a, b] = keys.map((key) => JSON.stringify(key));
  return new LightfleetError(`'${LOCK_FILE}' gives ${value} to both ${a} and ${b} ('${at}')`, {
    code: "LF032",
    kind: "config",
    hint: "delete the line of the one that is not deployed yet, and run 'lightfleet synth': it gets another",
  });
}

import { readLock, type LockedImage } from "./lock.js";
import { byText } from "./order.js";
import type { NumbersModel } from "./schema.js";
import { isRecord, recordOf } from "../lib/records.js";

type Json = Record<string, unknown>;

/** What is to stand in a lock file. What is not named here stays as it is. */
export interface LockEdit {
  /** Images by region, then by key, as in `photon-5.0-arm64`. */
  readonly images?: Readonly<Record<string, Readonly<Record<string, LockedImage>>>>;
  /** Zones by region, then by machine type. */
  readonly offerings?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  /** Numbers by cluster. */
  readonly numbers?: Readonly<Record<string, NumbersModel>>;
}

/**
 * The text of a lock file with an edit made, sorted, so that a diff shows what changed and nothing else. What a later version
 * of Lightfleet keeps in it stays.
 * @param text the file as it is, or null where there is none
 * @throws LF031 where it is no lock file
 */
export function editLock(text: string | null, { images = {}, offerings, numbers }: LockEdit): string {
  const before = text ?? '{"version":1}';
  readLock(before);
  const data = recordOf(JSON.parse(before));
  const edited: Json = {
    ...data,
    images: merge(recordOf(data["images"]), images),
    ...((offerings !== undefined || "offerings" in data) && {
      offerings: merge(recordOf(data["offerings"]), offerings ?? {}),
    }),
    ...(numbers !== undefined && { numbers: mergeNumbers(recordOf(data["numbers"]), numbers) }),
  };
  const made = `${JSON.stringify(sorted(edited, 0), null, 2)}\n`;
  readLock(made);
  return made;
}

/** Entries of regions, each put into what is there. An image is replaced whole: its facts belong together. */
function merge(before: Json, edit: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Json {
  const merged = { ...before };
  for (const [region, entries] of Object.entries(edit)) merged[region] = { ...recordOf(merged[region]), ...entries };
  return merged;
}

/** Numbers put into those that are there, down to each one; what has none yet is left out. */
function mergeNumbers(before: Json, edit: Readonly<Record<string, unknown>>): Json {
  const merged = { ...before };
  for (const [key, value] of Object.entries(edit)) {
    if (!isRecord(value)) merged[key] = value;
    else if (Object.keys(value).length > 0) merged[key] = mergeNumbers(recordOf(merged[key]), value);
  }
  return sorted(merged, 0);
}

/** Keys in order, down to the names of images and types; `version` stays first. */
function sorted(data: Json, depth: number): Json {
  const keys = Object.keys(data).sort((a, b) => Number(b === "version") - Number(a === "version") || byText(a, b));
  return Object.fromEntries(
    keys.map((key) => [key, depth < 2 && isRecord(data[key]) ? sorted(recordOf(data[key]), depth + 1) : data[key]]),
  );
}

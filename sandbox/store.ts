import { createHash } from "node:crypto";
import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Fleet } from "./aws/fleet.js";
import { asValue } from "./protocol/values.js";
import { isObject, type ObjectValue } from "./value.js";

/** Where objects live: one account's share of one region, or of none (`global`). */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** An object of the embedded cloud, as its file holds it. */
export interface StoredObject {
  /** The kind of object, by the resource type that makes it. */
  readonly type: string;
  /** What tells it from others of its kind in the same place: its id, in most cases. */
  readonly key: string;
  /** The cluster whose Terraform made it. */
  readonly owner: string;
  readonly attributes: ObjectValue;
  /** The process id of the engine that made it. */
  readonly run?: number;
  /** It came along with another object, and goes with it. */
  readonly automatic?: boolean;
  /** The instances of an autoscaling group. */
  readonly fleet?: Fleet;
}

/** A file of the store that cannot be read as an object, because somebody edited it. */
export class BrokenFile extends Error {
  constructor(
    readonly file: string,
    problem: string,
  ) {
    super(`${file} ${problem}`);
  }
}

let temporaries = 0;

/**
 * Objects as files, one each: `<root>/<account>/<region>/<type>/<key>.json`. Files are replaced as a whole, so that whoever
 * reads at any time, and whatever was killed, sees complete objects. They may be edited and deleted by hand: that is drift.
 */
export class Store {
  constructor(readonly root: string) {}

  read(place: Place, type: string, key: string): StoredObject | undefined {
    return readObject(this.file(place, type, key));
  }

  /** Stores a new object; false where there already is one under its key. */
  create(place: Place, object: StoredObject): boolean {
    const file = this.file(place, object.type, object.key);
    const temporary = writeTemporary(file, object);
    try {
      linkSync(temporary, file);
      return true;
    } catch (error) {
      if (hasCode(error, "EEXIST")) return false;
      throw error;
    } finally {
      unlinkSync(temporary);
    }
  }

  write(place: Place, object: StoredObject): void {
    const file = this.file(place, object.type, object.key);
    renameSync(writeTemporary(file, object), file);
  }

  remove(place: Place, type: string, key: string): void {
    rmSync(this.file(place, type, key), { force: true });
  }

  /** All objects of a type, ordered by file name. */
  list(place: Place, type: string): StoredObject[] {
    const folder = join(this.root, place.account, place.region, type);
    return namesIn(folder)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => readObject(join(folder, name)))
      .filter((object) => object !== undefined);
  }

  /** Every place that has ever held something. */
  places(): Place[] {
    return namesIn(this.root).flatMap((account) =>
      namesIn(join(this.root, account)).map((region) => ({ account, region })),
    );
  }

  /** The types that a place has objects of. */
  types(place: Place): string[] {
    return namesIn(join(this.root, place.account, place.region)).sort();
  }

  file(place: Place, type: string, key: string): string {
    return join(this.root, place.account, place.region, type, `${fileName(key)}.json`);
  }
}

/** The key itself where every file system takes it; else a readable part of it and a hash. */
function fileName(key: string): string {
  if (/^[a-z0-9][a-z0-9._-]{0,120}$/.test(key)) return key;
  const readable = key.replace(/[^A-Za-z0-9._-]+/g, "_").slice(-80);
  return `${readable}~${createHash("sha256").update(key).digest("hex").slice(0, 10)}`;
}

function writeTemporary(file: string, object: StoredObject): string {
  const temporary = `${file}.${process.pid}.${temporaries++}.tmp`;
  const content = `${JSON.stringify(object, null, 2)}\n`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, content, { mode: 0o600 });
  } catch (error) {
    // A full disk leaves half of it.
    rmSync(temporary, { force: true });
    throw error;
  }
  return temporary;
}

function readObject(file: string): StoredObject | undefined {
  let content: string;
  try {
    content = readFileSync(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch (error) {
    throw new BrokenFile(file, `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isStored(parsed))
    throw new BrokenFile(file, "is no object of the sandbox: it must have type, key, owner and attributes");
  return { ...parsed, attributes: asObject(parsed.attributes) };
}

function isStored(parsed: unknown): parsed is StoredObject {
  if (typeof parsed !== "object" || parsed === null) return false;
  const has = (name: string, type: string): boolean => typeof Reflect.get(parsed, name) === type;
  return (
    has("type", "string") &&
    has("key", "string") &&
    has("owner", "string") &&
    isObject(asValue(Reflect.get(parsed, "attributes")))
  );
}

const asObject = (parsed: unknown): ObjectValue => {
  const value = asValue(parsed);
  return isObject(value) ? value : {};
};

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (hasCode(error, "ENOENT") || hasCode(error, "ENOTDIR")) return [];
    throw error;
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

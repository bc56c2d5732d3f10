import { MODEL_VERSION } from "./version.js";
import { type Fields, isRecord } from "../lib/records.js";

/**
 * A model of an older version in the shape of today's, so that a change that upgrades Lightfleet can be compared with what was
 * before it. What a version did not know gets the value that it acted by. Plain data in and out: the schema is not loaded.
 * @returns the data as it is where it is no model, or of a version that is not known
 */
export function upgradeModel(data: unknown): unknown {
  let model = data;
  for (const upgrade of UPGRADES.slice(Math.max(0, (modelVersion(data) ?? MODEL_VERSION) - 1)))
    if (isRecord(model)) model = upgrade(model);
  return model;
}

/** The version that a model says it has, or undefined where it says none. */
export function modelVersion(data: unknown): number | undefined {
  const version = isRecord(data) ? data["version"] : undefined;
  return typeof version === "number" && Number.isInteger(version) && version > 0 ? version : undefined;
}

/** The upgrade from version n is at n - 1. */
const UPGRADES: readonly ((model: Fields) => Fields)[] = [fromVersion1];

/** Version 1 worked out every number from the names alone, which is what happens where none is noted. */
function fromVersion1(model: Fields): Fields {
  return {
    numbers: { ports: {}, priorities: {}, networks: {} },
    ...model,
    version: 2,
    fleets: each(model["fleets"], (fleet) => ({ keepDesired: false, ...fleet })),
    services: each(model["services"], (service) => ({ ...service })),
  };
}

/** Defaults of fields that the things of a list did not have yet. */
const each = (list: unknown, upgrade: (thing: Fields) => Fields): unknown =>
  Array.isArray(list) ? list.map((thing: unknown) => (isRecord(thing) ? upgrade(thing) : thing)) : list;

import { isList, isObject, type ObjectValue, type Value } from "./value.js";

/** A value found in another one, and where. */
export interface Found {
  readonly value: Value;
  readonly path: readonly (string | number)[];
}

/** All values at a path in the notation of the facts: `mixed_instances_policy[].launch_template[].override[].instance_type`. */
export function valuesAt(root: ObjectValue, path: string): Found[] {
  let found: Found[] = [{ value: root, path: [] }];
  for (const step of path.split(".")) {
    const name = step.replace(/\[\]$/, "");
    found = found.flatMap(({ value, path: at }) =>
      isObject(value) ? [{ value: value[name] ?? null, path: [...at, name] }] : [],
    );
    if (step.endsWith("[]"))
      found = found.flatMap(({ value, path: at }) =>
        isList(value) ? value.map((item, index) => ({ value: item, path: [...at, index] })) : [],
      );
  }
  return found;
}

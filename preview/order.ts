import type { Model } from "../model/schema.js";
import type { Change } from "./schema.js";
import { orderAnew, wholeOf } from "./system/recreate-cluster.js";
import { names } from "./values.js";

/** What the engine makes and ends by itself. */
const ENGINE = ["fleet", "gateway", "volume", "route"];

const RELEASED: readonly string[] = ["add", "roll", "restart", "change", "rename"];

/**
 * In what order a deploy does things: the engine first, which makes and ends at the same time, then the managers with the release,
 * then VMs in batches.
 */
export function rolloutOrder(changes: readonly Change[], head: Model | undefined): string[] {
  const whole = wholeOf(changes);
  if (whole !== undefined) return orderAnew(whole);
  const of = (kinds: readonly string[], actions: readonly string[]): string[] =>
    changes.filter(({ kind, action }) => kinds.includes(kind) && actions.includes(action)).map(({ what }) => what);
  const released = changes.filter(
    ({ kind, action, marks }) => kind === "service" && RELEASED.includes(action) && !marks.includes("unreleased"),
  );
  const steps: string[] = [];
  const add = (text: string, list: readonly string[]): void => {
    if (list.length > 0) steps.push(`${text}: ${names(list, 8)}`);
  };
  const made = of(ENGINE, ["add"]);
  add("made by the engine", made);
  add("ended and made anew by the engine", of(["gateway", "volume"], ["replace"]));
  add(`ended by the engine${made.length > 0 ? ", before that or after it" : ""}`, of(ENGINE, ["remove"]));
  add("ended by the managers as the release begins", of(["service"], ["remove"]));
  add(
    "released by the managers, all at once, each at its own pace",
    released.map(({ what }) => what),
  );
  const replaced = changes
    .filter(({ kind, action }) => kind === "fleet" && action === "replace")
    .map(({ id }) => id.slice("fleet:".length));
  const control = new Set(head?.fleets.filter(({ role }) => role === "control").map(({ id }) => id));
  add(
    "managers replaced, one at a time",
    replaced.filter((id) => control.has(id)),
  );
  add(
    "VMs replaced, each fleet in batches of its own at the same time",
    replaced.filter((id) => !control.has(id)),
  );
  add("cleared away by the managers once nobody uses them", of(["secret"], ["remove"]));
  return steps;
}

import type { Resource } from "./apply.js";
import type { Diagnostic } from "./protocol/messages.js";
import type { ObjectValue } from "./value.js";

/** What is wrong with a resource's configuration beyond what its schema says. */
export function check({ behaviour }: Resource, config: ObjectValue): readonly Diagnostic[] {
  return behaviour.check?.(config) ?? [];
}

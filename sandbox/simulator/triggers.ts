import type { Value } from "../value.js";
import { descend } from "./evaluate.js";
import type { Step } from "./parse.js";
import { same } from "./deep-equal.js";

/** What `replace_triggered_by` names: a resource, one of several, or an attribute. */
export interface Trigger {
  readonly address: string;
  readonly steps: readonly Step[];
}

/** `aws_eip.nat[0].public_ip` is `public_ip` of `aws_eip.nat[0]`; it may stand in a template of its own. */
export function readTrigger(trigger: string): Trigger {
  const text = trigger.replace(/^\$\{(.*)\}$/s, "$1");
  const [address = text] = /^[\w-]+\.[\w-]+(\[(\d+|"[^"]*")\])?/.exec(text) ?? [];
  const steps = text
    .slice(address.length)
    .split(/[.[\]"]+/)
    .filter((step) => step !== "");
  return { address, steps: steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step)) };
}

/** Whether an object that was there changes, as a whole or in what the steps lead to. */
export function changesAt(
  planned: { readonly prior: Value; readonly value: Value } | undefined,
  steps: readonly Step[],
): boolean {
  if (planned === undefined || planned.prior === null) return false;
  return !same(descend(planned.prior, steps), descend(planned.value, steps));
}

import type { PlanJson } from "../../../terraform/plan-schema.js";
import { fieldOf } from "../../../lib/records.js";

/** The object that holds the release. */
export const RELEASE = "aws_s3_object.release";

/**
 * The release that the state holds which a plan starts from: what is deployed, whatever the program says by now. Null where
 * it is no JSON, undefined where there is none.
 */
export function priorRelease({ prior_state }: PlanJson): unknown {
  const release = prior_state?.values?.root_module.resources.find(({ address }) => address === RELEASE);
  const content = fieldOf(release?.values, "content");
  return typeof content === "string" ? parse(content) : undefined;
}

/** The addresses of all that the state holds before a plan. */
export const priorAddresses = ({ prior_state }: PlanJson): ReadonlySet<string> =>
  new Set((prior_state?.values?.root_module.resources ?? []).map(({ address }) => address));

/** The names of all that the state holds of one type before a plan. */
export const priorNames = ({ prior_state }: PlanJson, type: string): string[] =>
  (prior_state?.values?.root_module.resources ?? [])
    .filter((resource) => resource.type === type && resource.mode !== "data")
    .flatMap(({ name }) => name ?? []);

/** How many VMs each group wants before a plan, by address; what is not known is left out. */
export const priorSizes = ({ resource_changes }: PlanJson): ReadonlyMap<string, number> =>
  new Map(
    resource_changes.flatMap(({ type, address, change: { before } }): [string, number][] => {
      const size = type === "aws_autoscaling_group" ? fieldOf(before, "desired_capacity") : undefined;
      return typeof size === "number" ? [[address, size]] : [];
    }),
  );

/**
 * Whether the state that a plan starts from has no resource, in no module. What is only read from elsewhere does not count:
 * it is there in a first plan, too.
 */
export const holdsNothing = ({ prior_state }: PlanJson): boolean => isEmpty(prior_state?.values?.root_module ?? {});

function isEmpty(module: unknown): boolean {
  const list = (name: string): unknown[] => [fieldOf(module, name) ?? []].flat();
  return list("resources").every((one) => fieldOf(one, "mode") === "data") && list("child_modules").every(isEmpty);
}

/** JSON, or null where it is none. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

import { LightfleetError } from "../../errors/error.js";
import { RELEASE_VERSION } from "../../node/release.js";
import type { PlanJson } from "../../terraform/plan-schema.js";
import { priorRelease } from "../../stacks/aws/plan/prior-state.js";
import { fieldOf } from "../../lib/records.js";

/**
 * Refuses a state that a newer Lightfleet wrote, or that is another cluster's: the release that it holds says of which
 * format and whose it is. A state without a release, as a first deploy leaves it that was cut off, says nothing.
 * @throws LF618 for the former, LF617 for the latter
 */
export function refuseOtherFormat(cluster: string, plan: PlanJson): void {
  const bundle = priorRelease(plan);
  if (bundle === undefined) return;
  const [format, owner] = [fieldOf(bundle, "version"), fieldOf(bundle, "cluster")];
  if (typeof format === "number" && format > RELEASE_VERSION) throw newer(cluster, format);
  if (typeof owner === "string" && owner !== cluster)
    throw foreign(`the state of ${cluster} is the one of the cluster '${owner}'`);
  if (format !== RELEASE_VERSION) throw foreign(`the state of ${cluster} holds a release that no Lightfleet wrote`);
}

const newer = (cluster: string, format: number): LightfleetError =>
  new LightfleetError(
    `a newer Lightfleet deployed ${cluster}: its release has format ${format}, and this one reads ${RELEASE_VERSION}; nothing was done`,
    {
      code: "LF618",
      kind: "config",
      hint: "update Lightfleet here to the version that deployed it, or a newer one: npm install lightfleet@latest",
    },
  );

const foreign = (what: string): LightfleetError =>
  new LightfleetError(`${what}; nothing was done`, {
    code: "LF617",
    kind: "config",
    hint: "look where 'state' of the cluster leads, or 'lightfleet destroy' it with the program that made it",
  });

import { LightfleetError } from "../../errors/error.js";
import { RELEASE_VERSION } from "../../node/release.js";
import type { PlanJson } from "../../terraform/plan-schema.js";

/**
 * Refuses a state that a newer Lightfleet wrote, or that is another cluster's: the release that it holds says of which
 * format and whose it is. A state without a release, as a first deploy leaves it that was cut off, says nothing.
 * @throws LF618 for the former, LF617 for the latter
 */
export function refuseOtherFormat(cluster: string, { resource_changes }: PlanJson): void {
  const release = resource_changes.find(({ address }) => address === "aws_s3_object.release");
  const content = child(release?.change.before, "content");
  if (typeof content !== "string") return;
  const bundle = parse(content);
  const [format, owner] = [child(bundle, "version"), child(bundle, "cluster")];
  if (typeof format === "number" && format > RELEASE_VERSION)
    throw new LightfleetError(
      `a newer Lightfleet deployed ${cluster}: its release has format ${format}, this one writes ${RELEASE_VERSION}`,
      { code: "LF618", kind: "config", hint: "update Lightfleet: what it wrote is never taken back to an older form" },
    );
  if (typeof format !== "number" || (typeof owner === "string" && owner !== cluster))
    throw new LightfleetError(
      typeof owner === "string"
        ? `the state of ${cluster} is the one of the cluster '${owner}'`
        : `the state of ${cluster} holds a release that no Lightfleet wrote`,
      {
        code: "LF617",
        kind: "config",
        hint: "look where 'state' of the cluster leads, or 'lightfleet destroy' it with the program that made it",
      },
    );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function child(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;
}

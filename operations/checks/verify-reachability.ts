import { proveEdges } from "../../checks/edges/prove.js";
import { LightfleetError } from "../../errors/error.js";
import type { Model } from "../../model/schema.js";
import { planOpenings } from "../../stacks/aws/security-rules.js";
import { readProduced } from "../../stacks/aws/plan/read-back-rules.js";

/** Disagreements that are told; one wrong rule may make very many. */
const TOLD = 20;

/**
 * Holds what the back end made against the declared edges: security groups, nodes' firewall and overlay networks must let through
 * exactly those. A disagreement is a mistake of Lightfleet, and nothing may be deployed with it.
 * @throws LF097 with the ways that are missing, and those that are too many
 */
export function refuseUnproven(model: Model, document: unknown): void {
  const own = new Set(planOpenings(model).map(({ direction, name }) => `${direction} ${name}`));
  const produced = readProduced(document, (direction, name) => own.has(`${direction} ${name}`));
  const found = proveEdges(model, produced);
  if (found.length === 0) return;
  const ways = found.slice(0, TOLD).map(({ kind, way, why }) => `${kind} ${way}: ${why}`);
  throw new LightfleetError(
    [`what was made of '${model.cluster}' does not let through exactly the declared edges`, ...ways].join("\n"),
    {
      code: "LF097",
      kind: "internal",
      hint: "this is a bug in Lightfleet: please report it with the model; do not deploy what was written",
    },
  );
}

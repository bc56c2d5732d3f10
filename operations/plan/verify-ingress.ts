import { LightfleetError } from "../../errors/error.js";
import { acknowledgementOf } from "../../model/suppression.js";
import { ingressAddresses, ingressDemand } from "../../model/ingress.js";
import { OVERLAY } from "../../model/overlay-sizes.js";
import type { Model } from "../../model/schema.js";
import type { RolloutStatus } from "../../node/status.js";
import { outputs as readOutputs } from "../../terraform/output.js";
import { loadModel } from "../program/load-model.js";
import { bucketSource } from "../../stacks/aws/live/release-source.js";
import { atEngine } from "../engine/run-engine.js";
import type { PlannedStack } from "./plan-stack.js";
import type { Session } from "../engine/session.js";
import type { SynthesizedCluster } from "../program/output-folder.js";

/**
 * Before a cluster is changed: whether the swarm that it has can hold all that is to be published. A program alone does not say how the
 * swarm was founded; its managers do. A cluster that is new is founded with enough.
 * @throws LF411 where it cannot, LF625 to LF630 where AWS does not answer
 */
export async function verifyIngress(
  session: Session,
  cluster: SynthesizedCluster,
  { engineContext }: PlannedStack,
): Promise<void> {
  const model = await loadModel(cluster.modelFile);
  if (!isLarge(model)) return;
  const { bucket } = await atEngine(session, cluster.id, () => readOutputs(engineContext));
  if (typeof bucket?.value !== "string") return;
  const told = await bucketSource(bucket.value, model.platform.region).status();
  if (told !== undefined && !("unread" in told)) refuseSmallIngress(model, told);
}

/** Whether a model publishes more than every swarm can hold, and does not take that as it is. */
const isLarge = (model: Model): boolean =>
  ingressDemand(model).addresses > OVERLAY.addresses &&
  acknowledgementOf(model.acknowledged, "LF410", null) === undefined;

/** @param told what the managers of the cluster say; older ones, whose swarms are all founded small, say no range. @throws LF411 */
export function refuseSmallIngress(model: Model, { ingress }: Pick<RolloutStatus, "ingress">): void {
  const { addresses: need } = ingressDemand(model);
  const has = ingressAddresses(ingress === "" ? undefined : ingress);
  if (!isLarge(model) || need <= has) return;
  throw new LightfleetError(
    `the swarm of ${model.cluster} has ${has} addresses for published ports, and this program can come to need ${need}`,
    {
      code: "LF411",
      kind: "config",
      hint: "the network 'ingress' was made when the swarm was founded: publish fewer tasks or lower 'size.max', or make it larger, as docs/operations.md says; nothing was changed",
    },
  );
}

import type { Change } from "../schema.js";
import type { ClusterSide } from "../snapshot.js";

/** A state that is kept elsewhere: the engine knows nothing of what there is until it is moved. */
export function stateChanges(base: ClusterSide | undefined, head: ClusterSide | undefined): Change[] {
  const [from, to] = [base?.state, head?.state];
  if (head === undefined || from === undefined || to === undefined || from === to) return [];
  const { cluster } = head.model;
  return [
    {
      id: `cluster:${cluster}/state`,
      kind: "cluster",
      what: `cluster ${cluster}`,
      action: "change",
      weight: "danger",
      stateful: false,
      attributes: [{ name: "state", before: from, after: to }],
      why: ["'state' changed"],
      effect: [
        `its state is kept elsewhere: move it first (${howToMove(to)}), or a deploy that does not find it makes all of it a second time`,
      ],
      interrupts: [],
      marks: ["state-moves"],
    },
  ];
}

/** `bootstrap` moves it into a bucket, out of a file or out of another bucket. */
const howToMove = (to: string): string =>
  to.startsWith("s3://") ? "'lightfleet bootstrap'" : "'init -migrate-state' in the cluster's folder";

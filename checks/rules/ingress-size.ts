import { INGRESS, ingressAddresses, ingressDemand } from "../../model/ingress.js";
import { LARGE_OVERLAY, OVERLAY } from "../../model/overlay-sizes.js";
import { LOCK_FILE } from "../../model/lock.js";
import type { Rule } from "../rule.js";
import { amount, plural } from "../text.js";

export const ingressSize: Rule = {
  code: "LF410",
  severity: "error",
  title: "published ports have an address for everything behind them",
  why: `What a gateway leads to is published by the swarm's network \`ingress\`. Each service that is published takes an address
there, each of its tasks, at the most that an update comes to, and every VM of the cluster, managers too, at the fleets' greatest size.
Where they run out, tasks stay pending ("could not find an available IP"), and on VMs without an address tasks are rejected. A swarm is
founded with ${amount(LARGE_OVERLAY.addresses)} addresses there, one that was founded by a Lightfleet before that has ${OVERLAY.addresses}, and neither can be changed while a
port is published. \`${LOCK_FILE}\` says which it is: the cluster's \`networks\` have a range for \`${INGRESS}\` where it is the larger one,
which is written there when a cluster that needs it is synthesized for the first time; a cluster whose ports stand there without
it counts as founded before. \`deploy\` looks at the swarm itself (LF411).`,
  fix: "publish fewer tasks, lower 'size.max', or bind a port of the VMs ('hostPort'), which takes no address there; how the network is made larger is in docs/operations.md",
  *check({ model }) {
    const { addresses: need, services, tasks, vms } = ingressDemand(model);
    const range = model.numbers.networks[INGRESS];
    const has = ingressAddresses(range);
    if (need > has)
      yield {
        at: { on: null },
        message:
          `the network of published ports needs up to ${amount(need)} addresses, and has ${amount(has)}: ` +
          `${plural(services, "service")} with ${plural(tasks, "task")}, on ${plural(vms, "VM")}`,
        ...(range === undefined && {
          hint: `publish fewer tasks, lower 'size.max', or bind a port of the VMs ('hostPort'); where 'lightfleet status --json' tells a larger range, note it in ${LOCK_FILE}; docs/operations.md says how, and how the network is made larger`,
        }),
      };
  },
};

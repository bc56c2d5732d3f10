import { OVERLAY } from "../../model/overlay-sizes.js";
import { mostTasks, sum } from "../../model/overlays.js";
import { boundPorts, publishedKey } from "../../model/published-ports.js";
import type { Rule } from "../rule.js";
import { amount, plural } from "../text.js";

export const ingressSize: Rule = {
  code: "LF410",
  severity: "error",
  title: "published ports have an address for everything behind them",
  why: `What a gateway leads to is published by the swarm's network \`ingress\`, a /24 with ${OVERLAY.addresses} addresses. Each service
that is published takes one, each of its tasks, at the most that an update comes to, and every VM of the cluster, managers too, at the
fleets' greatest size. Where they run out, tasks stay pending ("could not find an available IP"), and on VMs without an address tasks are
rejected. The network is made with the swarm; how it is made larger, which interrupts what is published, is in docs/operations.md.`,
  fix: "publish fewer tasks, lower 'size.max', or bind a port of the VMs ('hostPort'), which takes no address there; or make the network larger, and acknowledge this",
  *check({ model, services }) {
    const bound = boundPorts(model);
    const keys = model.gateways.flatMap(({ routes }) => routes).filter((route) => !bound.has(publishedKey(route)));
    const published = [...new Set(keys.map(({ service }) => service))].flatMap((id) => services.get(id) ?? []);
    if (published.length === 0) return;
    const vms = sum(model.fleets.map(({ size }) => size.max));
    const tasks = sum(published.map((service) => mostTasks(service, model.fleets)));
    const need = published.length + tasks + vms;
    if (need > OVERLAY.addresses)
      yield {
        at: { on: null },
        message:
          `the network of published ports needs up to ${amount(need)} addresses, and has ${OVERLAY.addresses}: ` +
          `${plural(published.length, "service")} with ${plural(tasks, "task")}, on ${plural(vms, "VM")}`,
      };
  },
};

import { NODE_RANGES } from "../../model/addresses.js";
import { OVERLAY_ADDRESSES, overlayDemand, overlays } from "../../model/overlays.js";
import type { FleetModel, Model } from "../../model/schema.js";
import { tryParseCidr } from "../../model/units.js";
import type { Rule } from "../rule.js";
import { amount } from "../text.js";

export const overlaySize: Rule = {
  code: "LF408",
  severity: "error",
  title: "overlay networks have an address for everything on them",
  why: `Each service has an overlay network, a /24, which it and the services that use it are on. Every task, every service and
every VM on it takes an address, at the fleets' greatest size and with old and new tasks side by side in an update. Where they
run out, tasks stay pending ("could not find an available IP"). Larger networks are not the way: Docker advises against them.`,
  fix: "let fewer services use it, split it, or lower replicas or 'size.max'",
  *check({ model, services, fleets }) {
    const crowded = crowds(model, fleets);
    const room = 2 ** (24 - (tryParseCidr(NODE_RANGES.overlay)?.prefix ?? 24));
    // What follows is worked out exactly, and takes long for thousands of services: mostly nothing is near the limits.
    if (crowded.size === 0 && model.services.length <= room) return;
    const networks = overlays(model);
    for (const overlay of networks) {
      if (!crowded.has(overlay.name)) continue;
      const members = overlay.members.flatMap((id) => services.get(id) ?? []);
      const on = [...new Set(members.flatMap((service) => service.on))].flatMap((id) => fleets.get(id) ?? []);
      const need = overlayDemand({ services: members, fleets: on }, overlay);
      if (need > OVERLAY_ADDRESSES)
        yield {
          at: { on: overlay.name },
          message: `its network needs up to ${amount(need)} addresses, and has ${OVERLAY_ADDRESSES}`,
        };
    }
    if (networks.length > room)
      yield {
        at: { on: null },
        message: `${amount(networks.length)} networks are needed, and the pool has ${amount(room)}`,
      };
  },
};

/** Services whose network may need more addresses than it has: a bound that counts a fleet once for each service on it. */
function crowds({ services }: Model, fleets: ReadonlyMap<string, FleetModel>): Set<string> {
  const own = new Map<string, number>();
  const need = new Map<string, number>();
  for (const { id, replicas, rollout, on } of services) {
    let vms = 0;
    for (const fleet of on) vms += fleets.get(fleet)?.size.max ?? 0;
    const tasks = (replicas === "everywhere" ? vms : replicas) + rollout.parallel;
    own.set(id, tasks + 1 + vms);
    need.set(id, tasks + 1 + vms);
  }
  for (const { id, uses } of services)
    for (const { to } of uses)
      if ("service" in to) need.set(to.service, (need.get(to.service) ?? 0) + (own.get(id) ?? 0));
  const crowded = new Set<string>();
  for (const [id, most] of need) if (most > OVERLAY_ADDRESSES) crowded.add(id);
  return crowded;
}

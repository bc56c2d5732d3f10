import { NODE_RANGES } from "../../model/addresses.js";
import { OVERLAY_ADDRESSES, overlayDemand, overlays } from "../../model/overlays.js";
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
    const networks = overlays(model);
    for (const overlay of networks) {
      const members = overlay.members.flatMap((id) => services.get(id) ?? []);
      const on = [...new Set(members.flatMap((service) => service.on))].flatMap((id) => fleets.get(id) ?? []);
      const need = overlayDemand({ services: members, fleets: on }, overlay);
      if (need > OVERLAY_ADDRESSES)
        yield {
          at: { on: overlay.name },
          message: `its network needs up to ${amount(need)} addresses, and has ${OVERLAY_ADDRESSES}`,
        };
    }
    const room = 2 ** (24 - (tryParseCidr(NODE_RANGES.overlay)?.prefix ?? 24));
    if (networks.length > room)
      yield {
        at: { on: null },
        message: `${amount(networks.length)} networks are needed, and the pool has ${amount(room)}`,
      };
  },
};

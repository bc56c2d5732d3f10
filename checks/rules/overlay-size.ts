import { acknowledgementOf } from "../../model/suppression.js";
import { LARGE_OVERLAY, LARGE_OVERLAYS, OVERLAY } from "../../model/overlay-sizes.js";
import { NODE_RANGES } from "../../model/addresses.js";
import { ADDRESS_RULE, addressDemand, overlays } from "../../model/overlays.js";
import { tryParseCidr } from "../../model/units.js";
import type { Rule } from "../rule.js";
import { amount } from "../text.js";

export const overlaySize: Rule = {
  code: ADDRESS_RULE,
  severity: "error",
  title: "overlay networks have an address for everything on them",
  why: `Each service has an overlay network, which it and the services that use it are on. Every task, every service and every VM
with a task on it takes an address, at the fleets' greatest size and with the tasks that an update starts beside the old ones. A
network is a /24 with ${OVERLAY.addresses} addresses, or a /${LARGE_OVERLAY.prefix} with ${amount(LARGE_OVERLAY.addresses)} where it can come to need more.
Where they run out, tasks stay pending ("could not find an available IP"), and an update that starts tasks first never ends.
Larger networks were not seen to work; Docker advises against them.`,
  fix: "let fewer services use it, split it, or lower replicas or 'size.max'",
  *check({ model, services }) {
    const small = 2 ** (OVERLAY.prefix - (tryParseCidr(NODE_RANGES.overlay)?.prefix ?? OVERLAY.prefix));
    const networks = overlays(model);
    const accepted = (service: string) => acknowledgementOf(model.acknowledged, ADDRESS_RULE, service) !== undefined;
    const large = networks.filter(({ addresses, service }) => addresses > OVERLAY.addresses || accepted(service));
    for (const { service, members, addresses } of large) {
      const need = addressDemand(
        members.flatMap((id) => services.get(id) ?? []),
        model.fleets,
      );
      if (need > addresses)
        yield {
          at: { on: service },
          message: `its network needs up to ${amount(need)} addresses, and has ${amount(addresses)}`,
        };
    }
    yield* tooMany(networks.length - large.length, small, `/${OVERLAY.prefix}`);
    yield* tooMany(large.length, LARGE_OVERLAYS, `/${LARGE_OVERLAY.prefix}`);
  },
};

function* tooMany(count: number, room: number, size: string) {
  if (count > room)
    yield {
      at: { on: null },
      message: `${amount(count)} networks of a ${size} are needed, and the pool has ${amount(room)}`,
    };
}

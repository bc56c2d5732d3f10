import { overlays, type Overlay } from "../../model/overlays.js";
import type { Model } from "../../model/schema.js";
import { callersOf, callsFail, noGap, type Gap } from "./gaps.js";

/** Which networks of the swarm services are on, before and after: one whose range changes, or that is encrypted, is another one. */
export class NetworkMoves {
  private readonly before: Membership;
  private readonly after: Membership;

  constructor(
    private readonly base: Model,
    private readonly head: Model,
  ) {
    this.before = membership(base);
    this.after = membership(head);
  }

  /** Why a service is on other networks although none of its edges changed, in words. */
  reasons(service: string): string[] {
    const reasons: string[] = [];
    if ((this.base.encrypt === true) !== (this.head.encrypt === true))
      reasons.push(
        this.head.encrypt ? "its networks are encrypted from now on" : "its networks are no longer encrypted",
      );
    for (const now of this.after.get(service) ?? []) {
      const was = this.before.get(service)?.find((one) => one.service === now.service);
      if (was === undefined || was.addresses === now.addresses) continue;
      const whose = now.service === service ? "its network" : `the network of ${now.service}`;
      reasons.push(`${whose} has ${now.addresses > was.addresses ? "more" : "fewer"} addresses: it is another one`);
    }
    return reasons;
  }

  /** What fails where a service and those who call it are on no network that they were on before: each moves at its own pace. */
  gap(service: string): Gap {
    const [before, after] = [this.before.get(service) ?? [], this.after.get(service) ?? []];
    const kept = new Set(namesOf(before).filter((name) => namesOf(after).includes(name)));
    if (before.length > 0 && kept.size === before.length) return noGap;
    const callersBefore = new Set(callersOf(service, this.base));
    const callers = callersOf(service, this.head).filter(
      (caller) =>
        callersBefore.has(caller) &&
        !namesOf(this.before.get(caller)).some(
          (name) => kept.has(name) && namesOf(this.after.get(caller)).includes(name),
        ),
    );
    return { effect: callsFail(callers, "on another network"), callers };
  }
}

type Membership = ReadonlyMap<string, readonly Overlay[]>;

function membership(model: Model): Membership {
  const found = new Map<string, Overlay[]>();
  for (const network of overlays(model))
    for (const member of network.members) {
      const joined = found.get(member);
      if (joined === undefined) found.set(member, [network]);
      else joined.push(network);
    }
  return found;
}

const namesOf = (networks: readonly Overlay[] | undefined): string[] => (networks ?? []).map(({ name }) => name);

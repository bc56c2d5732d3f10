import { tryParseCidr } from "../../model/units.js";
import type { GroupRule, Produced } from "./planned-rules.js";

/** Somebody who sends: VMs or load balancers with security groups, or the world. */
export type Side = readonly string[] | "world";

/** Who may be on the other side of some groups, at one port and in one direction. */
interface Peers {
  readonly groups: ReadonlySet<string>;
  /** Whether anybody may, and whether whoever is in the cluster's network may. */
  readonly world: boolean;
  readonly inside: boolean;
}

/** What is so for all fleets, at one port. */
interface Shared {
  /** The groups that all of them have. */
  readonly common: readonly string[];
  /** The groups that all of them may send to. */
  readonly targets: ReadonlySet<string>;
}

type Direction = GroupRule["direction"];
type Protocol = "tcp" | "udp";

/** Whether what was produced lets packets through, by security groups on both sides and the nodes' firewall. */
export class Openings {
  private readonly rules: Readonly<Record<Direction, Map<string, GroupRule[]>>> = { in: new Map(), out: new Map() };
  /** What was worked out before: the same few questions are asked of each pair of fleets. */
  private readonly known = new Map<readonly string[], Map<number, Peers>>();
  private readonly sharedBy = new Map<number, Shared>();

  constructor(private readonly produced: Produced) {
    for (const rule of produced.rules) {
      const list = this.rules[rule.direction].get(rule.group);
      if (list === undefined) this.rules[rule.direction].set(rule.group, [rule]);
      else list.push(rule);
    }
  }

  /** The rules of some groups. */
  rulesOf(direction: Direction, groups: readonly string[]): GroupRule[] {
    return groups.flatMap((group) => this.rules[direction].get(group) ?? []);
  }

  /** Whether the groups on both sides let packets of a protocol through to a port. */
  groups(from: Side, to: Side, protocol: Protocol, port: number): boolean {
    const leaves = from === "world" || this.allows("out", from, to, protocol, port);
    return leaves && (to === "world" || this.allows("in", to, from, protocol, port));
  }

  /** The same for a fleet's VMs, whose own firewall has a say. What is published to containers passes it. */
  node(from: Side, fleet: string, protocol: Protocol, port: number): boolean {
    const known = this.produced.fleets.get(fleet);
    if (known === undefined || !this.groups(from, known.groups, protocol, port)) return false;
    const { cidr } = this.produced;
    return (
      known.firewall === null ||
      known.firewall.some(
        (rule) =>
          (rule.protocol ?? protocol) === protocol &&
          (rule.port ?? port) === port &&
          (rule.source === null || covers(rule.source, cidr)),
      )
    );
  }

  /**
   * Whether all fleets reach a fleet's VMs at a port, or none does; undefined where each is to be looked at. Most rules are
   * for a group that all VMs share, so that there is no need to look at all pairs.
   */
  fromAll(fleet: string, protocol: Protocol, port: number): boolean | undefined {
    const to = this.produced.fleets.get(fleet);
    if (to === undefined) return false;
    const { groups, inside } = this.peers("in", to.groups, protocol, port);
    if (!inside && groups.size === 0) return false;
    const { common, targets } = this.shared(protocol, port);
    const passes =
      (inside || common.some((group) => groups.has(group))) && to.groups.some((group) => targets.has(group));
    return passes && this.node(common, fleet, protocol, port) ? true : undefined;
  }

  /** The fleets that those with some groups may send to, as far as they have a say. */
  targetsOf(own: readonly string[], protocol: Protocol, port: number): string[] {
    const { groups, inside } = this.peers("out", own, protocol, port);
    const found: string[] = [];
    for (const [fleet, to] of this.produced.fleets)
      if (inside || to.groups.some((group) => groups.has(group))) found.push(fleet);
    return found;
  }

  private shared(protocol: Protocol, port: number): Shared {
    const key = port * 2 + (protocol === "udp" ? 1 : 0);
    let shared = this.sharedBy.get(key);
    if (shared === undefined) this.sharedBy.set(key, (shared = this.findShared(protocol, port)));
    return shared;
  }

  private findShared(protocol: Protocol, port: number): Shared {
    const [first, ...others] = this.produced.fleets.values();
    if (first === undefined) return { common: [], targets: new Set() };
    const out = (own: readonly string[]): ReadonlySet<string> => this.peers("out", own, protocol, port).groups;
    return {
      common: first.groups.filter((group) => others.every(({ groups }) => groups.includes(group))),
      targets: new Set([...out(first.groups)].filter((group) => others.every(({ groups }) => out(groups).has(group)))),
    };
  }

  private allows(direction: Direction, own: readonly string[], other: Side, protocol: Protocol, port: number): boolean {
    const { groups, world, inside } = this.peers(direction, own, protocol, port);
    return other === "world" ? world : inside || other.some((group) => groups.has(group));
  }

  private peers(direction: Direction, own: readonly string[], protocol: Protocol, port: number): Peers {
    let answers = this.known.get(own);
    if (answers === undefined) this.known.set(own, (answers = new Map()));
    const key = port * 4 + (protocol === "udp" ? 2 : 0) + (direction === "in" ? 1 : 0);
    let peers = answers.get(key);
    if (peers === undefined) answers.set(key, (peers = this.findPeers(direction, own, protocol, port)));
    return peers;
  }

  private findPeers(direction: Direction, own: readonly string[], protocol: Protocol, port: number): Peers {
    const groups = new Set<string>();
    let [world, inside] = [false, false];
    for (const rule of this.rulesOf(direction, own)) {
      if (rule.protocol !== "-1" && (rule.protocol !== protocol || port < rule.from || rule.to < port)) continue;
      if ("group" in rule.peer) groups.add(rule.peer.group);
      else {
        world ||= rule.peer.cidr === "0.0.0.0/0";
        inside ||= covers(rule.peer.cidr, this.produced.cidr);
      }
    }
    return { groups, world, inside };
  }
}

const answers = new Map<string, boolean>();

/** Whether a range holds another whole. The same few ranges are asked for very often. */
export function covers(outer: string, inner: string): boolean {
  const key = `${outer} ${inner}`;
  let answer = answers.get(key);
  if (answer === undefined) answers.set(key, (answer = holds(outer, inner)));
  return answer;
}

function holds(outer: string, inner: string): boolean {
  const [a, b] = [tryParseCidr(outer), tryParseCidr(inner)];
  if (a === undefined || b === undefined || a.prefix > b.prefix) return false;
  return Math.floor(b.base / 2 ** (32 - a.prefix)) === Math.floor(a.base / 2 ** (32 - a.prefix));
}

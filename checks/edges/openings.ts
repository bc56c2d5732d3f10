import { tryParseCidr } from "../../model/units.js";
import type { GroupRule, Produced } from "./produced.js";

/** Somebody who sends: VMs or load balancers with security groups, or the world. */
export type Side = readonly string[] | "world";

/** Whether what was produced lets packets through, by security groups on both sides and the nodes' firewall. */
export class Openings {
  private readonly rules = new Map<string, GroupRule[]>();

  constructor(private readonly produced: Produced) {
    for (const rule of produced.rules) {
      const key = `${rule.direction} ${rule.group}`;
      const list = this.rules.get(key);
      if (list === undefined) this.rules.set(key, [rule]);
      else list.push(rule);
    }
  }

  /** Whether the groups on both sides let packets of a protocol through to a port. */
  groups(from: Side, to: Side, protocol: string, port: number): boolean {
    const leaves = from === "world" || this.allows("out", from, to, protocol, port);
    return leaves && (to === "world" || this.allows("in", to, from, protocol, port));
  }

  /** The same for a fleet's VMs, whose own firewall has a say. What is published to containers passes it. */
  node(from: Side, fleet: string, protocol: string, port: number): boolean {
    const known = this.produced.fleets.get(fleet);
    if (known === undefined || !this.groups(from, known.groups, protocol, port)) return false;
    const { cidr } = this.produced;
    return (
      known.firewall === null ||
      known.firewall.some(
        (rule) =>
          rule.protocol === protocol && rule.port === port && (rule.source === null || covers(rule.source, cidr)),
      )
    );
  }

  private allows(
    direction: GroupRule["direction"],
    own: readonly string[],
    other: Side,
    protocol: string,
    port: number,
  ): boolean {
    const lets = (rule: GroupRule): boolean =>
      (rule.protocol === "-1" || (rule.protocol === protocol && rule.from <= port && port <= rule.to)) &&
      this.isPeer(rule.peer, other);
    return own.some((group) => this.rules.get(`${direction} ${group}`)?.some(lets));
  }

  private isPeer(peer: GroupRule["peer"], side: Side): boolean {
    if ("group" in peer) return side !== "world" && side.includes(peer.group);
    return side === "world" ? peer.cidr === "0.0.0.0/0" : covers(peer.cidr, this.produced.cidr);
  }
}

const answers = new Map<string, boolean>();

/** Whether a range holds another whole. The same few ranges are asked for very often. */
function covers(outer: string, inner: string): boolean {
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

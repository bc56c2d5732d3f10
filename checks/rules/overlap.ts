import { NODE_RANGES } from "../../model/addresses.js";
import { networkRanges } from "../../model/network-ranges.js";
import { tryParseCidr, type Network } from "../../model/units.js";
import type { Rule } from "../rule.js";

export const overlap: Rule = {
  code: "LF406",
  severity: "error",
  title: "address ranges do not overlap",
  why: `A packet goes to the nearest network that has its address. Where the VPC or a network behind a peering lies over Docker's
bridges or the swarm's overlay pool, containers answer in their place, or nobody does; and a VPC cannot be peered with a network
that overlaps with it. Neither the pool nor the VPC's range can be changed later.`,
  fix: "choose another 'cidr' for the cluster, as in \"10.20.0.0/16\"",
  *check({ model }) {
    const { cidr, peers } = model.platform;
    const inside = [
      { name: "the swarm's overlay networks", cidr: NODE_RANGES.overlay },
      ...[...networkRanges(model)].map(([name, range]) => ({ name: `the swarm's network ${name}`, cidr: range })),
      { name: "Docker's bridge (docker0)", cidr: NODE_RANGES.bridge },
      { name: "the swarm's bridge (docker_gwbridge)", cidr: NODE_RANGES.gateway },
    ];
    const outside = peers.map((peer) => ({ name: "the peer", cidr: peer }));
    for (const other of [...inside, ...outside])
      if (overlaps(cidr, other.cidr))
        yield { at: { on: null }, message: `the cluster's range ${cidr} overlaps with ${other.name}, ${other.cidr}` };
    for (const peer of outside)
      for (const own of inside)
        if (overlaps(peer.cidr, own.cidr))
          yield {
            at: { on: null },
            message: `the peer's range ${peer.cidr} overlaps with ${own.name}, ${own.cidr}`,
            hint: "it cannot be reached from containers: reach it through a proxy, or give it another range",
          };
  },
};

function overlaps(a: string, b: string): boolean {
  const [one, other] = [tryParseCidr(a), tryParseCidr(b)];
  if (one === undefined || other === undefined) return false;
  return one.base <= last(other) && other.base <= last(one);
}

const last = ({ base, prefix }: Network): number => base + 2 ** (32 - prefix) - 1;

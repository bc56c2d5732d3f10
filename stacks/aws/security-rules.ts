import { byText } from "../../model/order.js";
import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import { SWARM_PORTS } from "../../model/ports.js";
import type { Model } from "../../model/schema.js";

/** Who is on the other side of an opening. */
export type Peer =
  { readonly kind: "group"; readonly of: string } | { readonly kind: "range"; readonly of: "world" | "vpc" };

/** One security group rule: what may come into, or go out of, the group of a fleet, a gateway or the swarm. */
export interface Opening {
  /** Name of the rule within its direction, unique and readable: `core_from_public_8080`. */
  readonly name: string;
  readonly direction: "in" | "out";
  /** Fleet, gateway, or "swarm": the group that all VMs share. */
  readonly group: string;
  readonly peer: Peer;
  readonly protocol: "tcp" | "udp" | "esp";
  /** Of a protocol that knows ports. */
  readonly port: number | null;
  readonly why: string;
}

/** Port of NFS 4, which EFS speaks. */
const NFS = 2049;
const DNS = 53;

/** All openings of a model, sorted by name: nothing else may pass. */
export function planOpenings(model: Model): Opening[] {
  return [...swarm(), ...overlay(model), ...gateways(model), ...files(model), ...outward(model)].sort((a, b) =>
    byText(a.name, b.name),
  );
}

/** All VMs of a cluster gossip with each other, and ask the managers. */
function swarm(): Opening[] {
  const { gossip, management } = SWARM_PORTS;
  const peer: Peer = { kind: "group", of: "swarm" };
  const both = (["tcp", "udp"] as const).flatMap((protocol) => [
    {
      name: `swarm_gossip_${protocol}`,
      direction: "in" as const,
      group: "swarm",
      peer,
      protocol,
      port: gossip,
      why: "swarm gossip",
    },
    {
      name: `swarm_gossip_${protocol}_out`,
      direction: "out" as const,
      group: "swarm",
      peer,
      protocol,
      port: gossip,
      why: "swarm gossip",
    },
  ]);
  return [
    ...both,
    {
      name: "control_management",
      direction: "in",
      group: "control",
      peer,
      protocol: "tcp",
      port: management,
      why: "swarm management",
    },
    {
      name: "swarm_management_out",
      direction: "out",
      group: "swarm",
      peer,
      protocol: "tcp",
      port: management,
      why: "swarm management",
    },
  ];
}

/**
 * Overlay networks (VXLAN) pass only between fleets with an edge between their services, or with one service or gateway
 * target on both. Its datagrams go to the same port both ways, so that each pair opens both ways.
 */
function overlay(model: Model): Opening[] {
  const pairs = new Map<string, Set<string>>(model.fleets.map(({ id }) => [id, new Set()]));
  const join = (some: readonly string[], others: readonly string[]): void => {
    for (const a of some)
      for (const b of others) {
        pairs.get(a)?.add(b);
        pairs.get(b)?.add(a);
      }
  };
  const fleetsOf = new Map(model.services.map(({ id, on }) => [id, on]));
  for (const { on, uses } of model.services) {
    join(on, on);
    for (const { to } of uses) if ("service" in to) join(on, fleetsOf.get(to.service) ?? []);
  }
  return [...pairs].flatMap(([group, others]) =>
    [...others].flatMap((of): Opening[] => {
      const common = { group, peer: { kind: "group", of }, protocol: "udp", port: SWARM_PORTS.data } as const;
      const esp = { ...common, protocol: "esp", port: null } as const;
      return [
        { ...common, name: `${group}_overlay_from_${of}`, direction: "in", why: `overlay from ${of}` },
        { ...common, name: `${group}_overlay_to_${of}`, direction: "out", why: `overlay to ${of}` },
        // Datagrams that are not encrypted still pass: the routing mesh's, and those of networks that are not yet.
        ...(model.encrypt
          ? ([
              { ...esp, name: `${group}_esp_from_${of}`, direction: "in", why: `encrypted overlay from ${of}` },
              { ...esp, name: `${group}_esp_to_${of}`, direction: "out", why: `encrypted overlay to ${of}` },
            ] as const)
          : []),
      ];
    }),
  );
}

/** The world reaches gateways, and gateways reach what they route to. */
function gateways(model: Model): Opening[] {
  const published = publishedPorts(model);
  const fleetsOf = new Map(model.services.map(({ id, on }) => [id, on]));
  return model.gateways.flatMap((gateway): Opening[] => {
    const fronts = gateway.certificate === null ? [80] : [80, 443];
    const entries = fronts.map((port): Opening => ({
      name: `${gateway.id}_from_${gateway.internal ? "vpc" : "world"}_${port}`,
      direction: "in",
      group: gateway.id,
      peer: { kind: "range", of: gateway.internal ? "vpc" : "world" },
      protocol: "tcp",
      port,
      why: `requests to ${gateway.id}`,
    }));
    const targets = new Map(gateway.routes.map((route) => [publishedKey(route), route]));
    const forwards = [...targets].flatMap(([key, { service, port: inner }]) =>
      (fleetsOf.get(service) ?? []).flatMap((fleet): Opening[] => {
        const common = { protocol: "tcp", port: published.get(key) ?? inner, why: `${gateway.id} to ${key}` } as const;
        const suffix = `${service}_${inner}`;
        return [
          {
            ...common,
            name: `${fleet}_from_${gateway.id}_${suffix}`,
            direction: "in",
            group: fleet,
            peer: { kind: "group", of: gateway.id },
          },
          {
            ...common,
            name: `${gateway.id}_to_${fleet}_${suffix}`,
            direction: "out",
            group: gateway.id,
            peer: { kind: "group", of: fleet },
          },
        ];
      }),
    );
    return [...entries, ...forwards];
  });
}

/** Shared volumes are reached from the fleets of the services that mount them. */
function files(model: Model): Opening[] {
  const pairs = new Set<string>();
  const shared = new Set(model.volumes.filter(({ kind }) => kind === "shared").map(({ id }) => id));
  for (const { on, volumes } of model.services)
    for (const volume of Object.values(volumes))
      if (shared.has(volume)) for (const fleet of on) pairs.add(`${fleet} ${volume}`);
  return [...pairs].flatMap((pair): Opening[] => {
    const [fleet = "", volume = ""] = pair.split(" ");
    const common = { protocol: "tcp", port: NFS, why: `files of ${volume}` } as const;
    return [
      {
        ...common,
        name: `${volume}_from_${fleet}`,
        direction: "in",
        group: volume,
        peer: { kind: "group", of: fleet },
      },
      { ...common, name: `${fleet}_to_${volume}`, direction: "out", group: fleet, peer: { kind: "group", of: volume } },
    ];
  });
}

/** VMs fetch images, packages and releases, and their services reach the hosts outside that they use. */
function outward(model: Model): Opening[] {
  const base = [443, 80].map((port): Opening =>
    outwardOpening("swarm", "tcp", port, port === 443 ? "images, AWS, packages" : "packages"),
  );
  const wanted = new Map<string, Opening>();
  for (const { on, uses } of model.services)
    for (const { to, port } of uses)
      if ("host" in to && port !== 443 && port !== 80)
        for (const fleet of on)
          wanted.set(`${fleet} ${port}`, outwardOpening(fleet, "tcp", port, "hosts outside that services use"));
  // What the VPC's own resolver answers passes no security group: servers of a service's own are asked by both.
  for (const { on, dns } of model.services)
    if (dns !== undefined)
      for (const fleet of on)
        for (const protocol of ["tcp", "udp"] as const)
          wanted.set(
            protocol === "tcp" ? `${fleet} ${DNS}` : `${fleet} ${DNS} udp`,
            outwardOpening(fleet, protocol, DNS, "DNS servers of services"),
          );
  return [...base, ...wanted.values()];
}

function outwardOpening(group: string, protocol: "tcp" | "udp", port: number, why: string): Opening {
  return {
    name: `${group}_to_world_${port}${protocol === "udp" ? "_udp" : ""}`,
    direction: "out",
    group,
    peer: { kind: "range", of: "world" },
    protocol,
    port,
    why,
  };
}

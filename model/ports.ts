/** Ports of Docker Swarm (Docker documentation, "Swarm mode: open protocols and ports between the hosts"). */
export const SWARM_PORTS = { management: 2377, gossip: 7946, data: 4789 } as const;

/** Linux gives these to outgoing connections (`net.ipv4.ip_local_port_range`). */
export const EPHEMERAL_RANGE = { first: 32_768, last: 60_999 } as const;

import { EPHEMERAL_RANGE, SWARM_PORTS } from "../../model/ports.js";
import { PUBLISHED_RANGE, publishedPorts } from "../../model/published-ports.js";
import type { Rule, Severity } from "../rule.js";

/** Ports that a node itself listens on. */
const TAKEN = new Map<number, string>([
  [22, "sshd"],
  [53, "systemd-resolved"],
  [2375, "Docker's API"],
  [2376, "Docker's API"],
  [SWARM_PORTS.management, "Swarm's management"],
  [SWARM_PORTS.gossip, "Swarm's gossip"],
  [SWARM_PORTS.data, "Swarm's overlay networks"],
]);

export const reservedPort: Rule = {
  code: "LF311",
  severity: "error",
  title: "a host port is free on the VMs",
  why: `A VM of a swarm listens on ports itself: sshd, the resolver, Swarm. Gateway targets are published from
${PUBLISHED_RANGE.first} on, on every VM of the swarm. And the kernel gives ${EPHEMERAL_RANGE.first} to ${EPHEMERAL_RANGE.last} to
outgoing connections: a host port in there is taken now and then, and the task does not start.`,
  fix: `bind another host port, below ${PUBLISHED_RANGE.first}`,
  *check({ model }) {
    const published = new Map([...publishedPorts(model)].map(([key, port]) => [port, key]));
    for (const { id, ports } of model.services)
      for (const { port, hostPort } of ports) {
        if (hostPort === null) continue;
        const [why, severity] = judge(hostPort, published.get(hostPort), `${id}:${port}`);
        if (why !== undefined) yield { at: { on: id }, message: `host port ${hostPort} ${why}`, severity };
      }
  },
};

function judge(port: number, publishedFor: string | undefined, own: string): [string | undefined, Severity] {
  const owner = TAKEN.get(port);
  if (owner !== undefined) return [`is that of ${owner}`, "error"];
  if (publishedFor !== undefined && publishedFor !== own)
    return [`is published for the gateway target ${publishedFor}`, "error"];
  const { first, size } = PUBLISHED_RANGE;
  if (port >= first && port < first + size)
    return ["is in the range of gateway targets, one of which may get it", "warning"];
  if (port >= EPHEMERAL_RANGE.first && port <= EPHEMERAL_RANGE.last)
    return ["is in the kernel's range for outgoing connections, one of which may hold it", "warning"];
  return [undefined, "error"];
}

import { SWARM_PORTS } from "../model/ports.js";
import type { FleetModel, Model } from "../model/schema.js";

/** Containers must not get at the credentials of their VM, which the instance metadata service gives to whoever asks. */
const METADATA = { v4: "169.254.169.254/32", v6: "fd00:ec2::254/128" } as const;

/** Docker's own bridges: `docker_gwbridge`, by which all containers of the swarm get out, and `docker0`. */
const BRIDGES = "docker+";

/** Port of NFS, by which a VM mounts shared volumes. */
const NFS = 2049;

/**
 * The IPv4 rules that Photon's iptables.service loads at boot, before Docker adds its own. Closed but for what the swarm
 * needs from within the VPC; the overlay's port only on fleets that services can be on. Which fleet may send to which, and
 * what comes in from outside, follows from the edges in the security groups: a service that changes must not replace VMs.
 */
export function firewall4(model: Model, fleet: FleetModel): string {
  const from = (protocol: "tcp" | "udp", port: number): string =>
    `-A INPUT -s ${model.platform.cidr} -p ${protocol} -m ${protocol} --dport ${port} -j ACCEPT`;
  const { gossip, management, data } = SWARM_PORTS;
  return rules([
    ":DOCKER-USER - [0:0]",
    "-A INPUT -i lo -j ACCEPT",
    "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    // Nothing of the VM itself is for its containers, whatever address they send from.
    `-A INPUT -i ${BRIDGES} -j DROP`,
    `-A INPUT -s ${model.platform.cidr} -p icmp -m icmp --icmp-type echo-request -j ACCEPT`,
    from("tcp", gossip),
    from("udp", gossip),
    ...(fleet.role === "control" ? [from("tcp", management)] : []),
    // ESP too, which networks that are encrypted come in by: a cluster that switches to them keeps its VMs.
    ...(carries(model, fleet) ? [from("udp", data), `-A INPUT -s ${model.platform.cidr} -p esp -j ACCEPT`] : []),
    `-A DOCKER-USER -d ${METADATA.v4} -j DROP`,
    ...notForContainers(model).map((match) => `-A DOCKER-USER -i ${BRIDGES} ${match} -j DROP`),
    // The routing mesh answers on each VM, which a container would otherwise reach what others publish by.
    "-A DOCKER-USER -i docker_gwbridge -o docker_gwbridge -m conntrack --ctstate NEW -j DROP",
    "-A DOCKER-USER -j RETURN",
    "-A OUTPUT -j ACCEPT",
  ]);
}

/**
 * What is for the VMs alone, theirs and all others: the swarm's ports, the overlay's datagrams, which nothing but the sender's
 * address vouches for, and NFS. Connections alone, not answers to whoever happens to ask from such a port. The VM's programs put
 * these rules into the table `raw` as well (`guard.py`), so that none of them needs what is known there later.
 */
function notForContainers({ platform }: Model): string[] {
  const { gossip, management, data } = SWARM_PORTS;
  return [
    `-d ${platform.cidr} -p tcp -m tcp --syn -m multiport --destination-ports ${NFS},${management},${gossip}`,
    "-p tcp -m tcp --syn -m addrtype --dst-type LOCAL",
    `-p udp -m multiport --destination-ports ${data},${gossip}`,
    "-p esp",
  ];
}

/** The same for IPv6, which the VPC does not use: closed, but for what a link needs. */
export function firewall6(): string {
  return rules([
    ":DOCKER-USER - [0:0]",
    "-A INPUT -i lo -j ACCEPT",
    "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    `-A INPUT -i ${BRIDGES} -j DROP`,
    "-A INPUT -p ipv6-icmp -j ACCEPT",
    `-A DOCKER-USER -d ${METADATA.v6} -j DROP`,
    "-A DOCKER-USER -j RETURN",
    "-A OUTPUT -j ACCEPT",
  ]);
}

/** Whether services can be on a fleet at all. */
export const carries = ({ control }: Model, { role }: FleetModel): boolean => role === "worker" || control.runsServices;

function rules(lines: readonly string[]): string {
  return ["*filter", ":INPUT DROP [0:0]", ":FORWARD DROP [0:0]", ":OUTPUT DROP [0:0]", ...lines, "COMMIT", ""].join(
    "\n",
  );
}

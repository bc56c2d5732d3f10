import { SWARM_PORTS } from "../model/ports.js";
import type { FleetModel, Model } from "../model/schema.js";

/** Containers must not get at the credentials of their VM, which the instance metadata service gives to whoever asks. */
const METADATA = "169.254.169.254/32";

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
    `-A INPUT -s ${model.platform.cidr} -p icmp -m icmp --icmp-type echo-request -j ACCEPT`,
    from("tcp", gossip),
    from("udp", gossip),
    ...(fleet.role === "control" ? [from("tcp", management)] : []),
    ...(carries(model, fleet) ? [from("udp", data)] : []),
    `-A DOCKER-USER -d ${METADATA} -j DROP`,
    "-A DOCKER-USER -j RETURN",
    "-A OUTPUT -j ACCEPT",
  ]);
}

/** The same for IPv6, which the VPC does not use: closed, but for what a link needs. */
export function firewall6(): string {
  return rules([
    "-A INPUT -i lo -j ACCEPT",
    "-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT",
    "-A INPUT -p ipv6-icmp -j ACCEPT",
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

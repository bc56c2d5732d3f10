import type { OsModel } from "../model/schema.js";

/** What Swarm's networks and load balancing need; a kernel that has one built in knows no module of the name. */
const MODULES = ["br_netfilter", "ip_vs", "overlay", "vxlan"];

/** Kernel modules that are loaded at each boot, one a line. */
export const modulesLoad = ({ modules }: OsModel): string =>
  [...new Set([...MODULES, ...modules])].sort().join("\n") + "\n";

/**
 * Kernel parameters. Photon's own files switch forwarding off, and its iptables.service sets some more of these at each
 * start: a drop-in of that service loads this file again.
 */
export function sysctl({ openFiles, memoryMaps, sysctl: own }: OsModel): string {
  const settings = {
    "net.ipv4.ip_forward": "1",
    "net.bridge.bridge-nf-call-iptables": "1",
    "fs.file-max": String(Math.max(openFiles * 2, 2_097_152)),
    "fs.nr_open": String(Math.max(openFiles, 1_048_576)),
    "fs.inotify.max_user_instances": "8192",
    "fs.inotify.max_user_watches": "524288",
    "kernel.pid_max": "4194304",
    "vm.max_map_count": String(memoryMaps),
    "net.netfilter.nf_conntrack_max": "262144",
    ...own,
  };
  return Object.entries(settings)
    .map(([key, value]) => `${key} = ${value}\n`)
    .join("");
}

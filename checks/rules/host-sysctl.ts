import type { Rule } from "../rule.js";

/**
 * What exists on the host only, though its name begins like what a container may set (kernel 6.1, `net/core/sysctl_net_core.c`
 * and `net/ipv4/sysctl_net_ipv4.c`: all that is not in the tables of a network namespace).
 */
const HOST_ONLY = [
  /^net\.netfilter\./,
  /^net\.nf_conntrack_max$/,
  /^net\.bridge\./,
  /^net\.core\.(?!somaxconn$|xfrm_|txrehash$)/,
  /^net\.ipv4\.tcp_(mem|max_orphans|available_congestion_control|allowed_congestion_control)$/,
  /^net\.ipv4\.(udp_mem|inet_peer_|icmp_msgs_)/,
  /^net\.ipv[46]\.neigh\.default\.gc_/,
];

/** Whether a kernel parameter has no namespace of its own, so that no container can have it. */
export const isHostOnly = (key: string): boolean => HOST_ONLY.some((shape) => shape.test(key));

export const hostSysctl: Rule = {
  code: "LF303",
  severity: "error",
  title: "kernel parameters of a service have a namespace of their own",
  why: `A container gets its own copy of some kernel parameters only. The buffers of 'net.core', connection tracking and the
neighbour table belong to the host: a task that asks for them does not start ("no such file or directory").`,
  fix: "set it on the fleet, in 'os.sysctl'",
  *check({ model }) {
    for (const { id, sysctl } of model.services)
      for (const key of Object.keys(sysctl).filter(isHostOnly))
        yield { at: { on: id }, message: `'sysctl' sets ${key}, which only a host has` };
  },
};

import type { Rule } from "../rule.js";
import { names } from "../text.js";

/** Parameters that each network namespace has for itself, and that matter to what listens or connects in it. */
const PER_NAMESPACE =
  /^net\.(core\.somaxconn|ipv4\.(tcp_(?!mem$|max_orphans$)\w+|ip_local_port_range|ip_local_reserved_ports|ip_unprivileged_port_start|ping_group_range))$/;

export const inheritedSysctl: Rule = {
  code: "LF304",
  severity: "warning",
  title: "network parameters are set where they work",
  why: `A network namespace starts with the kernel's defaults, not with the host's values. 'net.core.somaxconn' and most of
'net.ipv4.tcp_*' on a fleet reach the few processes that run on the host itself, and none of its containers.`,
  fix: "set it in 'sysctl' of the services that need it",
  *check(context) {
    for (const { id, os } of context.model.fleets)
      for (const [key, value] of Object.entries(os.sysctl)) {
        if (!PER_NAMESPACE.test(key)) continue;
        const without = context.servicesOn(id).filter(({ sysctl }) => sysctl[key] === undefined);
        if (without.length === 0) continue;
        yield {
          at: { on: id, detail: `not in ${names(without.map((service) => service.id))}` },
          message: `'os.sysctl' sets ${key} to ${value}, which its containers do not inherit`,
        };
      }
  },
};

import type { ServiceModel } from "../../model/schema.js";
import type { Rule } from "../rule.js";

const START = "net.ipv4.ip_unprivileged_port_start";

export const privilegedPort: Rule = {
  code: "LF312",
  severity: "error",
  title: "a task may bind its ports",
  why: `Since Docker 20.10, which is older than any that Photon OS still has, a container may bind every port: its
'${START}' is 0. Where a service sets that parameter higher, a port below it takes the capability NET_BIND_SERVICE, and a user
that has it: without, the task ends with "permission denied".`,
  fix: `add NET_BIND_SERVICE to 'capabilities', listen on a higher port, or leave '${START}' alone`,
  *check({ model }) {
    for (const service of model.services) {
      const start = Number(service.sysctl[START] ?? 0);
      const port = service.ports.find((each) => each.port < start)?.port;
      if (port !== undefined && !mayBind(service))
        yield {
          at: { on: service.id },
          message: `it listens on port ${port}, below its '${START}' (${start}), and may not`,
        };
    }
  },
};

/** Capabilities work for root; another user gets none of Docker's own set, and those that are named only as bounds. */
function mayBind({ user, capabilities }: ServiceModel): boolean {
  const isRoot = user === null || /^(0|root)(:|$)/.test(user);
  return isRoot && (capabilities === null || capabilities.includes("NET_BIND_SERVICE"));
}

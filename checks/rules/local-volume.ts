import { statefulOf, vmVolumes } from "../data.js";
import type { Rule } from "../rule.js";

export const localVolume: Rule = {
  code: "LF208",
  severity: "warning",
  title: "files stay with the tasks that need them",
  why: `A volume that is not shared is a directory of one VM. When Swarm starts a task anew on another VM, after a loss, a drain or
an instance refresh, it finds an empty directory there: the files stay behind, and go with the VM when that is replaced. On a
service that runs on every VM, where each has its own, that is as it should be; and nobody misses files below /tmp, /run and
/var/cache. A shared volume is a network file system: for files of applications it is the answer, for a database mostly not.`,
  fix: "use new Volume(…, { shared: true }), keep the data outside, or acknowledge that it may be lost",
  *check({ model }) {
    for (const service of model.services) {
      if (service.replicas === "everywhere") continue;
      for (const { path, volume } of vmVolumes(service, model))
        yield {
          at: { on: service.id, detail: `${path} (${volume})` },
          message: "what it keeps on a volume of its VM is lost when a task moves",
          ...(statefulOf(service) !== undefined && { hint: OF_DATABASES }),
        };
    }
  },
};

const OF_DATABASES =
  "use one outside of the cluster (external()), or back it up and acknowledge that what came after the last backup may be lost; a shared volume is NFS, which few databases bear";

import type { Rule } from "../rule.js";

export const localVolume: Rule = {
  code: "LF208",
  severity: "warning",
  title: "files stay with the tasks that need them",
  why: `A volume that is not shared is a directory of one VM. When Swarm starts a task anew on another VM, after a loss, a drain or
an instance refresh, it finds an empty directory there: the files stay behind, and go with the VM when that is replaced. On a
service that runs on every VM, where each has its own, that is as it should be.`,
  fix: "use new Volume(…, { shared: true }), keep the data outside, or acknowledge that it may be lost",
  *check({ model }) {
    const local = new Set(model.volumes.filter(({ kind }) => kind === "node").map(({ id }) => id));
    for (const { id, volumes, replicas } of model.services) {
      if (replicas === "everywhere") continue;
      for (const [path, volume] of Object.entries(volumes))
        if (local.has(volume))
          yield {
            at: { on: id, detail: path },
            message: `what it keeps on the volume "${volume}" is lost when a task moves`,
          };
    }
  },
};

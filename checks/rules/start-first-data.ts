import { statefulOf, vmVolumes } from "../data.js";
import type { Rule } from "../rule.js";

export const startFirstData: Rule = {
  code: "LF212",
  severity: "warning",
  inProduction: "error",
  title: "a new task does not open the files of the one that it replaces",
  why: `With "start-first" the new task starts while the old one still runs. On the same VM both have one directory open; on
another one the new task has an empty directory. Databases take a lock against that which a container does not see: two servers
on one directory corrupt it. So services with a volume of the VM roll "stop-first" unless the program says otherwise. A database
on a shared volume meets the same on every VM.`,
  fix: `use rolling({ order: "stop-first" }), or leave 'order' out`,
  *check({ model }) {
    const shared = new Set(model.volumes.filter(({ kind }) => kind === "shared").map(({ id }) => id));
    for (const service of model.services) {
      const { id, rollout, replicas, volumes } = service;
      if (rollout.order !== "start-first" || replicas === 0) continue;
      const stateful = statefulOf(service);
      for (const { path, volume } of vmVolumes(service, model))
        if (stateful === undefined)
          yield {
            at: { on: id, detail: path },
            message: `its new task opens the volume "${volume}" while the old one still does, or finds it empty`,
            severity: "warning",
          };
        else
          yield {
            at: { on: id, detail: path },
            message: `in an update two tasks of a ${stateful.kind} open the volume "${volume}" at once`,
            severity: "error",
          };
      if (stateful === undefined) continue;
      for (const [path, volume] of Object.entries(volumes))
        if (shared.has(volume))
          yield {
            at: { on: id, detail: path },
            message: `in an update two tasks of a ${stateful.kind} open the volume "${volume}" at once`,
            hint: `use rolling({ order: "stop-first" })`,
          };
    }
  },
};

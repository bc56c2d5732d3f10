import { isScratch, statefulOf } from "../data.js";
import type { Rule } from "../rule.js";

export const unkeptData: Rule = {
  code: "LF214",
  severity: "warning",
  title: "a database keeps its data in a volume",
  why: `Without a volume, data is in the container, or in a volume without a name that goes with it: it is lost when the task is
replaced, by a new version, by a changed variable, by a VM that is drained. Databases, search indexes, brokers and the like are
known by the names of their images. Caches and dashboards are left alone.`,
  fix: "mount a volume where it keeps its data, use a database outside of the cluster (external()), or acknowledge that it may start empty",
  *check({ model }) {
    for (const service of model.services) {
      const stateful = statefulOf(service);
      if (!stateful?.keeps || service.replicas === 0 || service.replicas === "everywhere") continue;
      if (Object.keys(service.volumes).some((path) => !isScratch(path))) continue;
      const { data: path } = stateful;
      yield {
        at: { on: service.id, detail: path === undefined ? stateful.kind : `${stateful.kind}, mostly in ${path}` },
        message: "it keeps data, and mounts no volume: its data is lost whenever its task is replaced",
      };
    }
  },
};

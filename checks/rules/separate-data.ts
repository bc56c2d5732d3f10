import { statefulOf } from "../data.js";
import type { Rule } from "../rule.js";

export const separateData: Rule = {
  code: "LF215",
  severity: "warning",
  title: "a database has one task",
  why: `The tasks of one service have one name, and each connection goes to another of them. Two tasks of a database are two
databases: what is written to one is not found in the other. On a shared volume they open one directory, and corrupt it.
Members that replicate need names of their own: a service for each. Software whose members find each other is left alone here.`,
  fix: "use replicas: 1, or a service for each member, set up to replicate",
  *check({ model }) {
    const shared = new Set(model.volumes.filter(({ kind }) => kind === "shared").map(({ id }) => id));
    for (const service of model.services) {
      const { id, replicas, volumes } = service;
      const stateful = statefulOf(service);
      if (!stateful?.separate || replicas === "everywhere" || replicas < 2) continue;
      const at = { on: id, detail: `${replicas} tasks` };
      const { kind } = stateful;
      if (Object.values(volumes).some((volume) => shared.has(volume)))
        yield {
          at,
          message: `each of its tasks is a ${kind} of its own, and all open one directory`,
          severity: "error",
        };
      else
        yield {
          at,
          message: `each of its tasks is a ${kind} of its own: a client meets one or the other, with other data`,
        };
    }
  },
};

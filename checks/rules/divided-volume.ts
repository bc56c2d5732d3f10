import type { FleetModel, ServiceModel } from "../../model/schema.js";
import { statefulOf, vmVolumes } from "../data.js";
import type { Rule } from "../rule.js";
import { names } from "../text.js";

export const dividedVolume: Rule = {
  code: "LF213",
  severity: "warning",
  title: "tasks that share a volume see the same files",
  why: `A volume that is not shared is a directory of each VM. Tasks on different VMs that mount it see different files: what one
writes, the other never finds, and which of them a request meets is chance. Services that run on every VM, each beside what is
on that VM, are left alone here.`,
  fix: "use new Volume(…, { shared: true }), or one service with one task on a fleet of one VM",
  *check({ model, fleets }) {
    const mounted = new Map<string, ServiceModel[]>();
    for (const service of model.services) {
      if (service.replicas === "everywhere" || service.replicas === 0) continue;
      for (const volume of new Set(vmVolumes(service, model).map((each) => each.volume)))
        mounted.set(volume, [...(mounted.get(volume) ?? []), service]);
    }
    for (const [volume, services] of mounted) {
      if (vmsOf(services, fleets) < 2) continue;
      const ids = services.map(({ id }) => id);
      for (const service of services) {
        const isReplicated = service.replicas !== 1;
        // Several tasks of a database are a matter of their own (LF215).
        if (services.length === 1 && (!isReplicated || statefulOf(service)?.separate)) continue;
        yield {
          at: { on: service.id },
          message:
            services.length === 1
              ? `its tasks see different files on the volume "${volume}": each VM has its own`
              : `${names(ids)} see different files on the volume "${volume}": each VM has its own`,
        };
      }
    }
  },
};

/** The most VMs that tasks of services may be spread over. */
function vmsOf(services: readonly ServiceModel[], fleets: ReadonlyMap<string, FleetModel>): number {
  const on = new Set(services.flatMap((service) => service.on));
  return [...on].reduce((sum, id) => sum + (fleets.get(id)?.size.max ?? 0), 0);
}

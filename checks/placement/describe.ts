import type { FleetModel } from "../../model/schema.js";
import { amount, cpus, names, plural } from "../text.js";
import type { Shortage } from "./shortage.js";
import type { SizeOf } from "./vms.js";

/** A shortage as a sentence: what is needed, what there is, how much is missing. */
export function describeShortage(shortage: Shortage, fleets: ReadonlyMap<string, FleetModel>, sizeOf: SizeOf): string {
  const { resource, services, need, have, per, port } = shortage;
  const on = shortage.fleets.map((id) => describeFleet(fleets.get(id), id, sizeOf)).join(" and ");
  const [one = ""] = services;
  switch (resource) {
    case "cpu":
    case "memory": {
      const [unit, text] = resource === "cpu" ? (["CPUs", cpus] as const) : (["MiB of memory", amount] as const);
      const missing = `${text(need - have)} ${resource === "cpu" ? "CPUs" : "MiB"} are missing`;
      if (per === "fleet")
        return `${names(services)} ${services.length === 1 ? "needs" : "need"} ${text(need)} ${unit}, and ${on} ${shortage.fleets.length === 1 ? "has" : "have"} ${text(have)} for tasks: ${missing}`;
      const who = services.length === 1 ? `a task of "${one}" needs` : `${names(services)} on every VM need`;
      return `${who} ${text(need)} ${unit}, and a VM of ${on} has ${text(have)} for tasks: ${missing}`;
    }
    case "host port":
      return `${plural(need, "task")} (of ${names(services)}) bind host port ${port}, and ${on} has ${plural(have, "VM")} for them`;
    case "VMs":
      return have === 0
        ? `"${one}" has ${plural(need, "task")}, and ${on} has no VM`
        : `"${one}" has ${plural(need, "task")}, and its 'maxPerVm' allows ${have} on ${on}`;
    case "packing":
      return services.length === 1
        ? `"${one}" has ${plural(need, "task")}, and ${on} can hold ${have}: what is free is too small a piece on each VM`
        : `${names(services)} have ${plural(need, "task")}, of which ${have} find a VM on ${on}: there is enough in all, but in pieces too small (every way was tried)`;
  }
}

function describeFleet(fleet: FleetModel | undefined, id: string, sizeOf: SizeOf): string {
  return fleet === undefined ? `"${id}"` : `"${id}" (${sizeOf(fleet)} × ${fleet.machine})`;
}

import type { Model } from "../model/schema.js";
import type { Topology } from "./schema.js";
import { edgesOf } from "./system/edges.js";
import type { Placed } from "./system/placement.js";
import { vmsOf } from "../checks/placement/vms.js";
import { isStateful } from "./system/tasks.js";
import { imageParts } from "./values.js";

/** A cluster as pictures need it: who is where, who talks to whom, and how one gets in. */
export function topologyOf(model: Model, placed: Placed): Topology {
  const tasks = new Map(placed.vms.map((vm) => [vm.id, vm.tasks]));
  return {
    zones: [...model.platform.zones],
    fleets: model.fleets.map((fleet) => ({
      id: fleet.id,
      role: fleet.role,
      machine: fleet.machine,
      size: fleet.size.min === fleet.size.max ? String(fleet.size.max) : `${fleet.size.min}-${fleet.size.max}`,
      vms: vmsOf(fleet, fleet.size.desired).map(({ id, zone }) => ({ id, zone, tasks: [...(tasks.get(id) ?? [])] })),
    })),
    services: model.services.map((service) => ({
      id: service.id,
      on: [...service.on],
      image: imageParts(service.image).version,
      replicas: String(service.replicas),
      stateful: isStateful(service),
    })),
    edges: [...edgesOf(model).values()],
    gateways: model.gateways.map(({ id, internal, routes }) => ({
      id,
      internal,
      routes: routes.map(({ path, service }) => ({ path, service })),
    })),
  };
}

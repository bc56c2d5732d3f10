import type { Demand } from "../../checks/placement/demand.js";
import { OVERHEAD } from "../../checks/placement/overhead.js";
import type { Model } from "../../model/schema.js";
import { FLEET_LABEL } from "../../node/deploy.js";
import type { ReleasedService, ReleasedServices } from "../../node/released.js";
import type { ServiceFacts } from "./services.js";
import { listOf, recordOf } from "../../lib/records.js";

/** The services of a model, as declared. */
export const declaredServices = ({ services }: Model): ServiceFacts[] =>
  services.map(({ id, image, replicas, on }) => ({
    ...{ id, replicas, on },
    image: typeof image === "string" ? image : image.terraform,
  }));

/** The services of a release, as deployed. @param fleets those that are deployed: a release says on which a service is not */
export const releasedFacts = (released: ReleasedServices, fleets: readonly string[]): ServiceFacts[] =>
  [...released].map(([id, service]) => ({
    id,
    image: String(service.image),
    replicas: typeof service.replicas === "number" ? service.replicas : "everywhere",
    on: fleetsOf(service, fleets),
  }));

/** What the tasks of a released service ask of VMs. */
export function releasedDemand(id: string, service: ReleasedService, fleets: readonly string[]): Demand {
  const { reservations } = recordOf(service.settings["resources"]);
  const { cpus, memory } = recordOf(reservations);
  const { max_replicas_per_node: most } = recordOf(service.settings["placement"]);
  const ports = listOf(service.settings["ports"]).map(recordOf);
  const hostPorts = ports.filter(({ mode }) => mode === "host").map(({ published }) => Number(published));
  const single = hostPorts.length > 0 || typeof service.replicas !== "number";
  return {
    service: id,
    count: typeof service.replicas === "number" ? service.replicas : "everywhere",
    fleets: fleetsOf(service, fleets),
    cpuMilli: Math.round(Number(cpus ?? 0) * 1000) || 0,
    memoryMiB: (Number.parseInt(String(memory ?? 0), 10) || 0) + OVERHEAD.taskMiB,
    hostPorts,
    perVm: single ? 1 : Number(most) || Infinity,
  };
}

const CONSTRAINT = new RegExp(`^node\\.labels\\.${FLEET_LABEL.replaceAll(".", "\\.")} (==|!=) (.+)$`);

/** The fleets that a service's constraints leave. */
function fleetsOf({ settings }: ReleasedService, fleets: readonly string[]): string[] {
  const said = listOf(recordOf(settings["placement"])["constraints"]).map((one) => CONSTRAINT.exec(String(one)) ?? []);
  const only = said.filter(([, how]) => how === "==").map(([, , fleet = ""]) => fleet);
  if (only.length > 0) return only;
  const not = new Set(said.map(([, , fleet]) => fleet));
  return fleets.filter((fleet) => !not.has(fleet));
}

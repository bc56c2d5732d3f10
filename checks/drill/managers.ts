import type { FleetModel, Model } from "../../model/schema.js";
import { vmsOf, type Vm } from "../placement/vms.js";
import { isLost, type Scenario } from "./scenario.js";

/** What becomes of a cluster's managers in a drill. */
export interface DrilledManagers {
  /** How many there are. */
  readonly total: number;
  /** Those that are lost, or replaced one after the other. */
  readonly lost: readonly string[];
  /**
   * `kept`: a majority is there all the while. `lost`: some are left, and fewer than a majority: nothing is placed until a person
   * restores the swarm. `founded-again`: none is left for a while: the next one founds the swarm again, and all services start again.
   */
  readonly quorum: "kept" | "lost" | "founded-again";
}

/** How long it takes all managers at once to found a swarm again and to bring the release to it, in seconds (docs/nodes.md). */
export const FOUNDING_SECONDS = 300;

/** Managers that must agree. */
export const quorumOf = (managers: number): number => Math.floor(managers / 2) + 1;

/** The managers of a cluster, as their group spreads them over its zones. */
export const managersOf = ({ fleets }: Pick<Model, "fleets">): Vm[] =>
  fleets.filter(isControl).flatMap((fleet) => vmsOf(fleet, fleet.size.desired));

const isControl = ({ role }: FleetModel): boolean => role === "control";

/** What a scenario does to the managers. */
export function drillManagers(model: Model, scenario: Scenario): DrilledManagers {
  const managers = managersOf(model);
  const lost = managers.filter((vm) => {
    if (scenario.kind === "lose") return isLost(scenario.losses, vm);
    return scenario.kind === "roll" && scenario.fleet === vm.fleet;
  });
  const missing = scenario.kind === "roll" ? Math.min(1, lost.length) : lost.length;
  return { total: managers.length, lost: lost.map(({ id }) => id), quorum: quorumWithout(missing, managers.length) };
}

function quorumWithout(missing: number, total: number): DrilledManagers["quorum"] {
  if (missing === 0 || total - missing >= quorumOf(total)) return "kept";
  return missing < total ? "lost" : "founded-again";
}

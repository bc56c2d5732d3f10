import type { FleetModel, Model } from "../../model/schema.js";
import { demandOf, type Demand } from "./demand.js";
import { partsOf } from "./parts.js";
import type { Part } from "./vm-capacity.js";
import { solve, type Outcome } from "./solve.js";
import { taskFleets, vmsOf, type SizeName } from "./vms.js";

/** A part of a cluster, and whether its tasks fit. */
export interface PlannedPart {
  readonly part: Part;
  readonly outcome: Outcome;
  /** The demands by service. */
  readonly demands: ReadonlyMap<string, Demand>;
}

/** What runs where, with the fleets at one size each. */
export interface Plan {
  readonly parts: readonly PlannedPart[];
  /** The part that a fleet's VMs are in; none where the fleet has no VM and no service. */
  readonly partOf: ReadonlyMap<string, PlannedPart>;
}

/** Plans of a model at the sizes that its fleets may have, each made once, when it is first asked for. */
export class CapacityPlan {
  /** Fleets whose VMs run tasks. */
  readonly fleets: readonly FleetModel[];
  readonly demands: readonly Demand[];
  private readonly plans = new Map<SizeName, Plan>();
  private readonly solved = new Map<string, Outcome>();

  constructor(readonly model: Model) {
    this.fleets = taskFleets(model);
    const usable = new Set(this.fleets.map(({ id }) => id));
    this.demands = model.services.map((service) => {
      const demand = demandOf(service);
      if (demand.fleets.every((fleet) => usable.has(fleet))) return demand;
      return { ...demand, fleets: demand.fleets.filter((fleet) => usable.has(fleet)) };
    });
  }

  /** The plan with every fleet at its least, desired or greatest size. */
  at(size: SizeName): Plan {
    let plan = this.plans.get(size) ?? this.sameAs(size);
    if (plan === undefined) {
      const vms = this.fleets.flatMap((fleet) => vmsOf(fleet, fleet.size[size]));
      plan = assemble(partsOf(vms, this.demands).map((part) => planned(part, this.remembered(part))));
    }
    this.plans.set(size, plan);
    return plan;
  }

  /** A plan that was made for another size which comes to the same: most fleets start at their least. */
  private sameAs(size: SizeName): Plan | undefined {
    for (const [other, plan] of this.plans)
      if (this.fleets.every((fleet) => fleet.size[other] === fleet.size[size])) return plan;
    return undefined;
  }

  /** The fleets of a part, with those that have no VM. */
  fleetsOf({ vms, demands }: Part): FleetModel[] {
    const ids = new Set([...vms.map(({ fleet }) => fleet), ...demands.flatMap(({ fleets }) => fleets)]);
    return this.fleets.filter(({ id }) => ids.has(id));
  }

  /** A part that does not change from one size to the next is solved once. */
  private remembered(part: Part): Outcome {
    const key = `${part.vms.map(({ id }) => id).join(" ")}|${part.demands[0]?.service ?? ""}`;
    let outcome = this.solved.get(key);
    if (outcome === undefined) this.solved.set(key, (outcome = solve(part)));
    return outcome;
  }
}

function planned(part: Part, outcome: Outcome): PlannedPart {
  return { part, outcome, demands: new Map(part.demands.map((demand) => [demand.service, demand])) };
}

function assemble(parts: PlannedPart[]): Plan {
  const partOf = new Map<string, PlannedPart>();
  for (const each of parts) {
    for (const { fleet } of each.part.vms) partOf.set(fleet, each);
    for (const { fleets } of each.part.demands) for (const fleet of fleets) partOf.set(fleet, each);
  }
  return { parts, partOf };
}

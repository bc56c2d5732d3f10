import type { Lock } from "../model/lock.js";
import type { FleetModel, Model, ServiceModel } from "../model/schema.js";
import { CapacityPlan } from "./placement/capacity.js";

/** What a check is made from: nothing else may have a say in what is found. */
export interface CheckInput {
  readonly model: Model;
  /** The other clusters of the program. @default none */
  readonly siblings?: readonly Model[];
  /** The day of the check, as in `"2026-11-24"`: some findings depend on it. */
  readonly today: string;
  /** What the project has pinned, or null where it has no lock file. @default null */
  readonly lock?: Lock | null;
  /** Whether it is for the sandbox, which has what an account would give. @default false */
  readonly rehearsal?: boolean;
}

/** What a rule looks at: a model, and what several rules work out of it, once. */
export class CheckContext {
  /** The cluster that is checked. */
  readonly model: Model;
  /** The other clusters of the program. */
  readonly siblings: readonly Model[];
  /** The day of the check, as in `"2026-11-24"`. */
  readonly today: string;
  /** What the project has pinned, or null where it has no lock file. */
  readonly lock: Lock | null;
  /** Fleets by id; the control fleet is one of them. */
  readonly fleets: ReadonlyMap<string, FleetModel>;
  /** Services by id. */
  readonly services: ReadonlyMap<string, ServiceModel>;
  private planned: CapacityPlan | undefined;
  private byFleet: Map<string, ServiceModel[]> | undefined;

  constructor({ model, siblings = [], today, lock = null }: CheckInput) {
    this.model = model;
    this.siblings = siblings;
    this.today = today;
    this.lock = lock;
    this.fleets = new Map(model.fleets.map((fleet) => [fleet.id, fleet]));
    this.services = new Map(model.services.map((service) => [service.id, service]));
  }

  /** What runs where, at each size of the fleets. */
  get capacity(): CapacityPlan {
    return (this.planned ??= new CapacityPlan(this.model));
  }

  /** The services that may run on a fleet. */
  servicesOn(fleet: string): readonly ServiceModel[] {
    if (this.byFleet === undefined) {
      this.byFleet = new Map(this.model.fleets.map(({ id }) => [id, []]));
      for (const service of this.model.services) for (const id of service.on) this.byFleet.get(id)?.push(service);
    }
    return this.byFleet.get(fleet) ?? [];
  }

  /** The fleets that a service may run on. */
  fleetsOf(service: ServiceModel): FleetModel[] {
    return service.on.flatMap((id) => this.fleets.get(id) ?? []);
  }
}

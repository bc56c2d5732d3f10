import { LightfleetError } from "../../errors/error.js";
import type { Model } from "../../model/schema.js";
import { vmsOf, type Vm } from "../placement/vms.js";

/** What is lost at once. */
export type Loss =
  { readonly of: "zone"; readonly zone: string } | { readonly of: "vm"; readonly vm: string } | { readonly of: "spot" };

/** What a drill tries. */
export type Scenario =
  | { readonly kind: "lose"; readonly losses: readonly Loss[] }
  | {
      readonly kind: "roll";
      readonly fleet: string;
      /** Whether VMs go without their services being moved before. @default false */
      readonly abrupt?: boolean;
    }
  | { readonly kind: "scale"; readonly service: string; readonly replicas: number };

/** All VMs of a cluster, managers too, with the fleets at their desired sizes. */
export const drilledVms = ({ fleets }: Model): Vm[] => fleets.flatMap((fleet) => vmsOf(fleet, fleet.size.desired));

/** As a person writes it: `lose zone:eu-west-1a`. */
export function describeScenario(scenario: Scenario): string {
  if (scenario.kind === "roll") return `roll ${scenario.fleet}`;
  if (scenario.kind === "scale") return `scale ${scenario.service}=${scenario.replicas}`;
  return `lose ${scenario.losses.map(describeLoss).join(" and ")}`;
}

const describeLoss = (loss: Loss): string =>
  loss.of === "zone" ? `zone:${loss.zone}` : loss.of === "vm" ? `vm:${loss.vm}` : "spot";

/** Whether a VM is lost. */
export const isLost = (losses: readonly Loss[], vm: Vm): boolean =>
  losses.some((loss) => (loss.of === "zone" ? vm.zone === loss.zone : loss.of === "vm" ? vm.id === loss.vm : vm.spot));

/**
 * Reads what is to be lost: `zone:eu-west-1a` (or `zone:a`), `vm:core/3`, `spot`.
 * @throws LF064 where there is no such thing in the cluster
 */
export function readLoss(text: string, model: Model): Loss {
  const [kind, name = ""] = text.split(/:(.*)/, 2);
  const { zones, region } = model.platform;
  const vms = drilledVms(model);
  if (kind === "zone") {
    const zone = name.length === 1 ? region + name : name;
    if (zones.includes(zone)) return { of: "zone", zone };
    throw unknown(`'--lose ${text}' names no zone of '${model.cluster}'`, `zones are ${zones.join(", ")}`);
  }
  if (kind === "vm") {
    if (vms.some(({ id }) => id === name)) return { of: "vm", vm: name };
    const fleets = model.fleets.map(({ id, size }) => `${id}/1 to ${id}/${size.desired}`);
    throw unknown(`'--lose ${text}' names no VM of '${model.cluster}'`, `VMs are ${fleets.join(", ")}`);
  }
  if (text === "spot") {
    if (vms.some(({ spot }) => spot)) return { of: "spot" };
    throw unknown(`'--lose spot': no fleet of '${model.cluster}' has spot VMs`, "set 'spot' on one");
  }
  throw unknown(`'--lose ${text}' is nothing that can be lost`, `as in zone:${zones[0]}, vm:${vms[0]?.id}, spot`);
}

/**
 * Reads a fleet to roll.
 * @throws LF064 where there is no such fleet
 */
export function readRoll(fleet: string, model: Model): Scenario {
  const names = model.fleets.map(({ id }) => id);
  if (names.includes(fleet)) return { kind: "roll", fleet };
  throw unknown(`'--roll ${fleet}' names no fleet of '${model.cluster}'`, `fleets are ${names.join(", ")}`);
}

/**
 * Reads a change of scale: `cart=40`.
 * @throws LF064 where it is none
 */
export function readScale(text: string, model: Model): Scenario {
  const [, service = "", count] = /^([^=]+)=(\d{1,5})$/.exec(text) ?? [];
  const known = model.services.find(({ id }) => id === service);
  if (known !== undefined && known.replicas !== "everywhere")
    return { kind: "scale", service, replicas: Number(count) };
  throw unknown(
    `'--scale ${text}' must be a service of '${model.cluster}' with replicas, and a number`,
    "as in --scale cart=40",
  );
}

function unknown(message: string, hint: string): LightfleetError {
  return new LightfleetError(message, { code: "LF064", kind: "usage", hint });
}

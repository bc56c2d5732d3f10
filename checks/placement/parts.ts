import type { Demand } from "./demand.js";
import type { Part } from "./vm-capacity.js";
import type { Vm } from "./vms.js";

/**
 * Divides a cluster into parts that share nothing: fleets are in one part where a service may run on both. Each can be
 * planned by itself, which keeps the planner's work near-linear.
 */
export function partsOf(vms: readonly Vm[], demands: readonly Demand[]): Part[] {
  const parent = new Map<string, string>();
  const find = (fleet: string): string => {
    const above = parent.get(fleet) ?? fleet;
    if (above === fleet) return fleet;
    const root = find(above);
    parent.set(fleet, root);
    return root;
  };
  for (const { fleets } of demands)
    for (const fleet of fleets) {
      const [a, b] = [find(fleets[0] ?? fleet), find(fleet)];
      if (a !== b) parent.set(b, a);
    }
  const parts = new Map<string, { vms: Vm[]; demands: Demand[] }>();
  const partOf = (fleet: string): { vms: Vm[]; demands: Demand[] } => {
    const root = find(fleet);
    let part = parts.get(root);
    if (part === undefined) parts.set(root, (part = { vms: [], demands: [] }));
    return part;
  };
  for (const vm of vms) partOf(vm.fleet).vms.push(vm);
  for (const demand of demands) if (demand.fleets[0] !== undefined) partOf(demand.fleets[0]).demands.push(demand);
  return [...parts.values()];
}

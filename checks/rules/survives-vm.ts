import { adviseMoreVms } from "../data.js";
import { describeChanges, smallestChanges, type Change } from "../placement/change.js";
import { bearsLoss, standingOf, strandedTasks, type Aftermath } from "../placement/failure.js";
import { solve } from "../placement/solve.js";
import type { Vm } from "../placement/vms.js";
import type { Rule } from "../rule.js";
import { names, plural } from "../text.js";

export const survivesVm: Rule = {
  code: "LF201",
  severity: "warning",
  inProduction: "error",
  title: "services still fit when a VM is lost",
  why: `VMs are lost: hardware fails, an instance refresh replaces each of them, a spot VM is taken back. Swarm starts the tasks
of a lost VM on the others, where they have room. Each VM is taken away in turn here, on the planned placement, and the tasks of
it are placed anew as Swarm would, which moves no other task to make room.`,
  fix: "give the fleet one VM more than its services need",
  *check(context) {
    const { capacity } = context;
    for (const planned of capacity.at("desired").parts) {
      if (planned.outcome.kind !== "fits") continue;
      const worst = new Map<string, Aftermath>();
      const certain = new Map<string, boolean>();
      for (const [index, lost] of planned.part.vms.entries()) {
        const { fleet } = lost;
        // The VMs of a fleet are alike: what is certain without one of them is so without any other.
        let safe = certain.get(fleet);
        if (safe === undefined) certain.set(fleet, (safe = bearsLoss(planned, (vm) => vm === lost)));
        const after = safe ? undefined : standingOf(planned)?.lose([index]);
        if (after === undefined || after.stranded.size === 0) continue;
        if (strandedTasks(after) > strandedTasks(worst.get(fleet) ?? nothing)) worst.set(fleet, after);
      }
      for (const [fleet, after] of worst) {
        const { part } = planned;
        const holds = (vms: readonly Vm[]): boolean => {
          const first = vms.find((vm) => vm.fleet === fleet);
          return solve({ ...part, vms: vms.filter((vm) => vm !== first) }).kind === "fits";
        };
        const changes = (): Change[] =>
          smallestChanges(capacity.fleetsOf(part), [fleet], ({ size }) => size.desired, holds);
        yield {
          at: { on: fleet, detail: `losing ${after.lost[0]?.id} strands ${describeStranded(after)}` },
          message: "losing a VM leaves tasks with no VM",
          hint: adviseMoreVms([...after.stranded.keys()], context, () => describeChanges(changes())),
        };
      }
    }
  },
};

const nothing: Aftermath = { lost: [], moved: new Map(), stranded: new Map(), down: [] };

/** `3 tasks (of "cart" and "search")`. */
export const describeStranded = (after: Aftermath): string =>
  `${plural(strandedTasks(after), "task")} (of ${names([...after.stranded.keys()])})`;

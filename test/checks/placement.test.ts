import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Room, type Part, type Placement } from "../../checks/placement/vm-capacity.js";
import { schedule } from "../../checks/placement/schedule.js";
import { search } from "../../checks/placement/search.js";
import { findShortages } from "../../checks/placement/shortage.js";
import { solve } from "../../checks/placement/solve.js";
import { holdsInAnyOrder } from "../../checks/placement/sufficient-capacity.js";
import { fitsByBruteForce } from "./brute-force.js";
import { parts } from "./random.js";
import { runSwarmkit } from "./swarmkit.js";

/** Puts every task where the placement says, each time asking whether the VM takes it. */
function obeys({ vms, demands }: Part, placement: Placement): boolean {
  const room = new Room(vms);
  return demands.every((demand) => {
    const allowed = room.allowed(demand);
    const on = placement.get(demand.service) ?? [];
    const wanted = demand.count === "everywhere" ? allowed.length : demand.count;
    return (
      on.length === wanted &&
      on.every((vm) => {
        if (!allowed.includes(vm) || !room.takes(vm, demand)) return false;
        room.put(vm, demand);
        return true;
      })
    );
  });
}

describe("placement", () => {
  it("agrees with brute force on 1,000 small models, and every placement obeys every constraint", () => {
    const seen = { fits: 0, misfit: 0, unproven: 0 };
    fc.assert(
      fc.property(parts, (part) => {
        const outcome = solve(part);
        seen[outcome.kind]++;
        expect(outcome.kind).toBe(fitsByBruteForce(part) ? "fits" : "misfit");
        if (outcome.kind === "fits") expect(obeys(part, outcome.placement)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    expect(seen.fits).toBeGreaterThan(150);
    expect(seen.misfit).toBeGreaterThan(150);
  });

  it("searches as brute force does, with no help of the scheduler or of proofs", () => {
    fc.assert(
      fc.property(parts, (part) => {
        const found = search(part);
        expect(found.kind).toBe(fitsByBruteForce(part) ? "placement" : "none");
        if (found.kind === "placement") expect(obeys(part, found.placement)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("proves no shortage where tasks fit", () => {
    fc.assert(
      fc.property(parts, (part) => {
        if (findShortages(part).length > 0) expect(fitsByBruteForce(part)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("finds a VM in any order where it says so", () => {
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.integer({ min: 0, max: 1_000 })), (part, numbers) => {
        fc.pre(holdsInAnyOrder(part));
        const keyed = part.demands.map((demand) => ({ demand, key: numbers.next().value }));
        const order = keyed.sort((a, b) => a.key - b.key).map(({ demand }) => demand);
        expect(schedule(part.vms, order).pending.size).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  it("accepts nothing that swarmkit's own steps refuse, in 50 orders of each of 300 models", () => {
    const runs = { proven: 0, tried: 0, refused: 0 };
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.integer({ min: 0, max: 2 ** 24 })), (part, numbers) => {
        const outcome = solve(part);
        fc.pre(outcome.kind === "fits" && outcome.order !== "lucky");
        for (let turn = 0; turn < 50; turn++) {
          const pending = runSwarmkit(part, () => numbers.next().value / 2 ** 24);
          if (outcome.order === "proven") expect(pending).toBe(0);
          else if (pending > 0) runs.refused++;
          runs[outcome.order]++;
        }
      }),
      { numRuns: 300 },
    );
    expect(runs.proven).toBeGreaterThan(2_000);
    expect(runs.refused / runs.tried).toBeLessThan(0.01);
  });

  it("spreads a service over zones, then over VMs", () => {
    const vm = (index: number, zone: string) =>
      ({ id: `core/${index}`, fleet: "core", zone, spot: false, cpuMilli: 1_000, memoryMiB: 1_000 }) as const;
    const demand = { service: "cart", count: 4, fleets: ["core"], cpuMilli: 1, memoryMiB: 1, hostPorts: [], perVm: 9 };
    const { placement } = schedule([vm(1, "a"), vm(2, "a"), vm(3, "a"), vm(4, "b")], [demand]);
    expect(placement.get("cart")).toEqual([0, 1, 3, 3]);
  });

  it("gives up where the search would take too long, and says so", () => {
    const vms = Array.from({ length: 12 }, (_, index) => ({
      id: `core/${index + 1}`,
      fleet: "core",
      zone: "a",
      spot: false,
      cpuMilli: 1_000,
      memoryMiB: 1_000 + index,
    }));
    const demands = Array.from({ length: 40 }, (_, index) => ({
      service: `s${index}`,
      count: 1,
      fleets: ["core"],
      cpuMilli: 250 + ((index * 37) % 90),
      memoryMiB: 230 + ((index * 53) % 110),
      hostPorts: [],
      perVm: Infinity,
    }));
    expect(search({ vms, demands }, 500).kind).toBe("unproven");
  });
});

import fc from "fast-check";
import type { Demand } from "../../checks/placement/demand.js";
import type { Part } from "../../checks/placement/vm-capacity.js";
import type { Vm } from "../../checks/placement/vms.js";

const ZONES = ["a", "b", "c"];

/** Small parts of two fleets at most, tight enough that about half of them do not fit. */
export const parts: fc.Arbitrary<Part> = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }),
    capacity: fc.array(fc.record({ cpu: fc.integer({ min: 4, max: 10 }), memory: fc.integer({ min: 4, max: 10 }) }), {
      minLength: 2,
      maxLength: 2,
    }),
    services: fc.array(
      fc.record({
        count: fc.oneof(
          { weight: 6, arbitrary: fc.integer({ min: 0, max: 4 }) },
          { weight: 1, arbitrary: fc.constant("everywhere" as const) },
        ),
        on: fc.integer({ min: 1, max: 3 }),
        cpu: fc.integer({ min: 0, max: 5 }),
        memory: fc.integer({ min: 0, max: 5 }),
        port: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 4 }),
        perVm: fc.option(fc.integer({ min: 1, max: 2 }), { freq: 4 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ sizes, capacity, services }) => {
    const vms = sizes.flatMap((size, fleet) =>
      Array.from({ length: size }, (_, index): Vm => {
        const { cpu, memory } = capacity[fleet]!;
        const name = `f${fleet}`;
        const zone = ZONES[index % 3]!;
        return { id: `${name}/${index + 1}`, fleet: name, zone, spot: false, cpuMilli: cpu, memoryMiB: memory };
      }),
    );
    const demands = services.map((service, index): Demand => {
      const fleets = sizes.map((_, fleet) => `f${fleet}`).filter((_, fleet) => (service.on >> fleet) & 1);
      const single = service.count === "everywhere" || service.port !== null;
      return {
        service: `s${index}`,
        count: service.count,
        fleets: fleets.length > 0 ? fleets : ["f0"],
        cpuMilli: service.cpu,
        memoryMiB: service.memory,
        hostPorts: service.port === null ? [] : [8000 + service.port],
        perVm: single ? 1 : (service.perVm ?? Infinity),
      };
    });
    return { vms, demands };
  });

import { fileURLToPath } from "node:url";
import { Fleet, rolling, Service } from "lightfleet";
import { describe, expect, it } from "vitest";
import { judge, marked } from "./judge.js";

const here = fileURLToPath(import.meta.url);
const image = "ghcr.io/acme/cart:1.8.2";

describe("LF101: services fit on their fleets", () => {
  it("finds a fleet that is short of memory, by how much, and what would do", () => {
    const found = judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size: 2 }); // <- LF101 fleet
      new Service(shop, "cart", { on: core, image, replicas: 5, memory: "3GiB" });
    });
    expect(found.linesOf("LF101")).toEqual(marked(here, "LF101 fleet"));
    expect(found.of("LF101")).toMatchSnapshot();
  });

  it("finds a task that no VM can hold, and names the service", () => {
    const found = judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size: 9 });
      new Service(shop, "search", { on: core, image, replicas: 1, memory: "12GiB" }); // <- LF101 service
    });
    expect(found.linesOf("LF101")).toEqual(marked(here, "LF101 service"));
    expect(found.of("LF101")).toMatchSnapshot();
  });

  it("finds what fits in total, but not in pieces", () => {
    const found = judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size: 3 });
      new Service(shop, "search", {
        on: core,
        image,
        replicas: 4,
        memory: "4GiB",
        rollout: rolling({ order: "stop-first" }),
      });
    });
    expect(found.of("LF101")).toMatchSnapshot();
  });

  it("takes what just fits, and what the advice says", () => {
    for (const size of [3, 4])
      expect(
        judge((shop) => {
          const core = new Fleet(shop, "core", { machine: "m7g.large", size });
          new Service(shop, "cart", { on: core, image, replicas: size * 2, memory: "3GiB" });
        }).of("LF101"),
      ).toEqual([]);
  });

  it("counts services on every VM, and the managers where they run services", () => {
    const program = (memory: "1500MiB" | "1GiB") =>
      judge(
        (shop) => {
          const core = new Fleet(shop, "core", { machine: "t4g.small", size: 3 });
          new Service(shop, "agent", {
            on: [core, shop.control],
            image,
            everywhere: true,
            memory,
            rollout: rolling({ order: "stop-first" }),
          });
        },
        { cluster: { control: { runsServices: true } } },
      );
    expect(program("1500MiB").of("LF101")).toMatchSnapshot();
    expect(program("1GiB").of("LF101")).toEqual([]);
  });
});

describe("LF102: services fit at the least size", () => {
  const program = (min: number) =>
    judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size: { min, desired: 3, max: 6 } }); // <- LF102
      new Service(shop, "cart", { on: core, image, replicas: 6, memory: "3GiB" });
    });

  it("finds a 'min' that strands services", () => {
    expect(program(2).linesOf("LF102")).toEqual(marked(here, "LF102"));
    expect(program(2).of("LF102")).toMatchSnapshot();
  });

  it("takes a 'min' that holds them", () => {
    expect(program(3).of("LF102")).toEqual([]);
  });
});

describe("LF103: a rolling update has room", () => {
  const program = (size: number, order: "start-first" | "stop-first") =>
    judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size });
      new Service(shop, "cart", { on: core, image, replicas: 6, memory: "3GiB", rollout: rolling({ order }) }); // <- LF103
    });

  it("finds an update that would wait for ever", () => {
    expect(program(3, "start-first").linesOf("LF103")).toEqual(marked(here, "LF103"));
    expect(program(3, "start-first").of("LF103")).toMatchSnapshot();
  });

  it("takes stop-first, and room for one more", () => {
    expect(program(3, "stop-first").of("LF103")).toEqual([]);
    expect(program(4, "start-first").of("LF103")).toEqual([]);
  });

  it("wants room for two of a service that is everywhere", () => {
    const agent = (memory: "3GiB" | "4GiB") =>
      judge((shop) => {
        const core = new Fleet(shop, "core", { machine: "m7g.large", size: 2 });
        new Service(shop, "agent", { on: core, image, everywhere: true, memory });
      }).of("LF103");
    expect(agent("3GiB")).toEqual([]);
    expect(agent("4GiB")).toMatchSnapshot();
  });
});

describe("LF104: services fit in any order", () => {
  /** Of the pair of large tasks, each must have a VM of its own: Swarm may fill both VMs with small ones first. */
  const program = (small: number) =>
    judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size: 2 }); // <- LF104
      new Service(shop, "large", {
        on: core,
        image,
        replicas: 1,
        memory: "6GiB",
        rollout: rolling({ order: "stop-first" }),
      });
      new Service(shop, "small", {
        on: core,
        image,
        replicas: small,
        memory: "1GiB",
        rollout: rolling({ order: "stop-first" }),
      });
    });

  it("finds a fit that is a matter of luck", () => {
    expect(program(6).of("LF101")).toEqual([]);
    expect(program(6).linesOf("LF104")).toEqual(marked(here, "LF104"));
    expect(program(6).of("LF104")).toMatchSnapshot();
  });

  it("takes a fit that every order finds", () => {
    expect(program(2).of("LF104")).toEqual([]);
  });
});

describe("LF105: the planner can decide", () => {
  /** Odd sizes near the edge of what fits: too many ways to look through. */
  const program = (least: number) =>
    judge((shop) => {
      const core = new Fleet(shop, "core", { machine: "m7g.large", size: 12 }); // <- LF105
      for (let index = 0; index < 47; index++)
        new Service(shop, `s${index}`, {
          on: core,
          image,
          memory: `${least + ((index * 397) % 701)}MiB`,
          cpu: 0.3 + ((index * 53) % 170) / 1000,
          rollout: rolling({ order: "stop-first" }),
        });
    });

  it("says so where it cannot", () => {
    const found = program(1_500);
    expect(found.linesOf("LF105")).toEqual(marked(here, "LF105"));
    expect(found.of("LF105")).toMatchSnapshot();
  });

  it("has an answer where there is some room", () => {
    expect(program(1_000).of("LF105")).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { alone, as, database, found, listFor, postgres, tryAll, type Case } from "./cases.js";
import { listOf, write } from "./lists.js";

const cases: readonly Case[] = [
  {
    name: "a service that moves under another id leaves its data behind",
    from: database,
    make: as("pg", { on: ["core"] }),
    ...{ id: "service:postgres", weight: "danger", marks: ["destroys", "stateful", "data-loss", "downtime"] },
    first: /^DATA LOSS: the data of pgdata stays on the VMs of data: pg starts with none/,
  },
  {
    name: "another version under another id may start where the data is not",
    from: database,
    make: as("pg", { image: "postgres:18" }),
    ...{ id: "service:postgres", weight: "danger", marks: ["destroys", "may-lose-data"] },
    first: /^pg may start on another VM, with none of the data in pgdata/,
  },
  {
    name: "another id alone may start where the data is not",
    from: database,
    make: as("pg"),
    ...{ id: "service:pg", weight: "danger", marks: ["renames", "may-lose-data", "downtime"] },
    first: /^pg may start on another VM, with none of the data in pgdata/,
  },
  {
    name: "another id on the only VM finds its data",
    from: alone,
    make: as("pg"),
    ...{ id: "service:pg", weight: "danger", marks: ["renames"] },
    first: /^what is in pgdata stays, and is mounted by pg: two tasks may hold it at once/,
  },
  {
    name: "what is left to others is said to be",
    from: alone,
    make: as("pg", { image: "postgres:18" }),
    ...{ id: "service:postgres", weight: "danger", marks: ["destroys", "stateful"] },
    first: /^its data in pgdata is mounted by pg/,
  },
  {
    name: "what others mount as before is left to them",
    from: (shop) => {
      alone(shop);
      shop.services["backup"] = { ...shop.services["postgres"]!, image: "backup:1", port: 9999 };
    },
    make: ({ services }) => delete services["postgres"],
    ...{ id: "service:postgres", weight: "danger", marks: ["destroys", "stateful"] },
    first: /^its data in pgdata is left to backup/,
  },
  {
    name: "another volume at a path is not what was there",
    from: database,
    make: (shop) => {
      shop.volumes["other"] = {};
      shop.services["postgres"]!.volumes = { "/var/lib/postgresql/data": "other" };
    },
    ...{ id: "service:postgres", weight: "danger", marks: ["stateful", "may-lose-data"] },
    first: /^at \/var\/lib\/postgresql\/data it finds what is in other, and not what it had in pgdata/,
  },
  {
    name: "a volume that is mounted no more leaves its service with nothing",
    from: database,
    make: postgres({ volumes: {} }),
    ...{ id: "service:postgres", weight: "danger", marks: ["stateful", "may-lose-data"] },
    first: /^at \/var\/lib\/postgresql\/data it finds nothing of what it had in pgdata/,
  },
  {
    name: "a volume at another path is there all the same",
    from: alone,
    make: postgres({ volumes: { "/data": "pgdata" } }),
    ...{ id: "service:postgres", weight: "danger", marks: ["rolls", "downtime"] },
    first: /^its data in pgdata is at \/data, and at \/var\/lib\/postgresql\/data no longer/,
  },
  {
    name: "a new version may start on a VM without its data",
    from: database,
    make: postgres({ image: "postgres:17.3" }),
    ...{ id: "service:postgres", weight: "danger", marks: ["rolls", "may-lose-data"] },
    first: /^may start on another VM, with none of its data in pgdata/,
  },
  {
    name: "a new version on the only VM finds its data, and is down meanwhile: two tasks do not open one directory",
    from: alone,
    make: postgres({ image: "postgres:17.3" }),
    ...{ id: "service:postgres", weight: "danger", marks: ["rolls", "downtime"] },
    first: /^down until the new task runs/,
  },
  {
    name: "a new version of what runs on each VM finds its data",
    from: (shop) => {
      database(shop);
      delete shop.services["postgres"]!.replicas;
      Object.assign(shop.services["postgres"]!, { everywhere: true });
    },
    make: postgres({ image: "postgres:17.3" }),
    ...{ id: "service:postgres", weight: "plain", marks: ["rolls"] },
    first: /^3 tasks, 1 at a time/,
  },
  {
    name: "fewer tasks leave data on the VMs where they end",
    from: (shop) => [database, postgres({ replicas: 2 })].forEach((step) => step(shop)),
    make: postgres({ replicas: 1 }),
    ...{ id: "service:postgres", weight: "danger", marks: ["may-lose-data"] },
    first: /^what tasks that end have in pgdata stays on their VMs/,
  },
  {
    name: "more tasks may find nothing, and lose nothing",
    from: database,
    make: postgres({ replicas: 2 }),
    ...{ id: "service:postgres", weight: "warning", marks: [] },
    first: /^new tasks may start with nothing in pgdata/,
  },
];

describe("whether a service finds its data again", () => tryAll(cases));

test("who takes it that files may be lost is told, and not stopped", () => {
  const base = write(database);
  const head = write(database, postgres({ image: "postgres:17.3" }));
  const acknowledged = [{ code: "LF208", on: "postgres", reason: "a copy is elsewhere" }];
  const list = listOf(base, { ...head, model: { ...head.model, acknowledged } });
  expect(found(list, "service:postgres")).toMatchObject({ weight: "danger", marks: ["rolls", "downtime"] });
  expect(found(list, "service:postgres")?.effect[0]).toMatch(/^may start on another VM/);
});

test("data that is lost with its VMs is told with these alone", () => {
  const list = listFor(database, (shop) => {
    shop.fleets["data"]!.machine = "m7i.xlarge";
    postgres({ image: "postgres:17.3" })(shop);
  });
  expect(found(list, "fleet:data")?.marks).toContain("data-loss");
  expect(found(list, "service:postgres")?.effect.join()).not.toContain("data");
});

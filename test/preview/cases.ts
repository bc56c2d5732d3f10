import { expect, test } from "vitest";
import type { PolicyRule } from "../../model/policy.js";
import type { Change, ChangeList } from "../../preview/schema.js";
import type { ShopSketch } from "../program/shop.js";
import { listOf, write } from "./lists.js";

export type Step = (shop: ShopSketch) => void;

export const listFor = (from: Step, make: Step, ...block: PolicyRule[]): ChangeList =>
  listOf(write(from), write(from, make), block.length > 0 ? { policies: [{ block, accept: [] }] } : {});
export const found = (list: ChangeList, id: string): Change | undefined =>
  list.clusters[0]?.changes.find((change) => change.id === id);
export const nothing: Step = () => undefined;

/** A database of one task, on the disks of three VMs of its own. */
export const database: Step = (shop) => {
  shop.fleets["data"] = { machine: "m7i.large", size: 3 };
  shop.volumes["pgdata"] = {};
  shop.services["postgres"] = {
    ...{ on: ["data"], image: "postgres:17.2", port: 5432, memory: "256MiB", memoryLimit: "512MiB" },
    volumes: { "/var/lib/postgresql/data": "pgdata" },
  };
};

/** The same on one VM, which is there for good. */
export const alone: Step = (shop) => {
  database(shop);
  shop.fleets["data"]!.size = 1;
};

/** A service moved to another id, with what else is new. */
export const as =
  (id: string, more: Partial<ShopSketch["services"][string]> = {}): Step =>
  ({ services }) => {
    services[id] = { ...services["postgres"]!, ...more };
    delete services["postgres"];
  };
export const postgres =
  (more: Partial<ShopSketch["services"][string]>): Step =>
  ({ services }) =>
    void Object.assign(services["postgres"]!, more);

export interface Case {
  readonly name: string;
  readonly from?: Step;
  readonly make: Step;
  /** The change that is looked at. */
  readonly id: string;
  readonly weight: Change["weight"];
  /** Among its marks. */
  readonly marks: readonly string[];
  /** What its first effect says. */
  readonly first: RegExp;
}

/** A test for each. */
export function tryAll(cases: readonly Case[]): void {
  test.each(cases)("$name", ({ from = nothing, make, id, weight, marks, first }) => {
    const change = found(listFor(from, make), id);
    expect(change).toMatchObject({ weight, marks: expect.arrayContaining([...marks]) });
    expect(change?.effect[0]).toMatch(first);
    for (const mark of ["data-loss", "may-lose-data"])
      if (!marks.includes(mark)) expect(change?.marks).not.toContain(mark);
    if (!marks.includes("downtime") && weight === "plain") expect(change?.marks).not.toContain("downtime");
  });
}

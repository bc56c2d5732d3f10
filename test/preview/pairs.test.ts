import { describe, expect, test } from "vitest";
import type { ChangeList } from "../../preview/schema.js";
import { renderText } from "../../preview/render/text.js";
import type { Synthesized } from "../program/synthesize.js";
import { listOf, write } from "./lists.js";
import { pairs } from "./pairs.js";

const bases = new Map<string, Synthesized>();
const plainBase = write();

/** What a reviewer is told, without what is long and told elsewhere. */
const outline = ({ verdict, clusters }: ChangeList) => ({
  verdict,
  clusters: clusters.map(({ status, reasons, changes, moved, infrastructure, bootData, order }) => ({
    status,
    reasons,
    changes: changes.map(({ id, action, weight, why, effect, attributes, marks }) => [
      `${weight} ${action} ${id}`,
      why.join("; "),
      effect.join("; "),
      ...attributes.map(({ name, before, after }) => `${name}: ${before} -> ${after}`),
      marks.join(" "),
    ]),
    moved: moved.map(
      ({ service, from, to, stranded }) => `${service}: ${from.join(" ")} -> ${to.join(" ")}, ${stranded}`,
    ),
    resources: infrastructure.resources.map(({ action, address, forcedBy, noise }) =>
      `${action} ${address} ${forcedBy.join(",")} ${noise ?? ""}`.trim(),
    ),
    bootData: bootData.map(({ fleet, files }) => `${fleet}: ${files.map(({ path }) => path).join(", ")}`),
    order,
  })),
});

describe("pairs of programs", () => {
  test.each(pairs)("$name", ({ name, from, make }) => {
    const before = from === undefined ? plainBase : (bases.get(name) ?? write(from));
    const after = make === undefined ? undefined : write(...(from === undefined ? [] : [from]), make);
    const list = listOf(before, after);
    expect(outline(list)).toMatchSnapshot();
    expect(list.clusters[0]?.infrastructure.refused).toEqual([]);
    expect(list.clusters[0]?.infrastructure.notPlayed).toEqual([]);
    expect(renderText(list).length).toBeGreaterThan(40);
  });
});

const listFor = (name: string): ChangeList => {
  const { from, make } = pairs.find((pair) => pair.name === name)!;
  const first = from === undefined ? [] : [from];
  return listOf(write(...first), make === undefined ? undefined : write(...first, make));
};
const change = (list: ChangeList, id: string) => list.clusters[0]?.changes.find((each) => each.id === id);

test("a release touches no VM", () => {
  const list = listFor("image version");
  expect(list).toMatchObject({ verdict: "changes", clusters: [{ counts: { roll: 1, replace: 0 }, bootData: [] }] });
});

test("what holds data is the loudest", () => {
  const removed = listFor("shared volume removed");
  expect(removed.verdict).toBe("attention");
  expect(removed.clusters[0]?.changes[0]).toMatchObject({
    id: "volume:carts",
    action: "remove",
    weight: "danger",
    stateful: true,
  });
  expect(change(listFor("VMs with data on them replaced"), "fleet:core")?.effect.join()).toContain(
    "DATA LOSS: the data of carts",
  );
});

test("managers are replaced with their quorum kept, and told where they cannot", () => {
  const three = change(listFor("machine of the managers"), "fleet:control");
  expect(three?.effect.join()).toContain("the quorum of 2 is kept");
  expect(three?.weight).toBe("plain");
});

test("what does not fit any more blocks", () => {
  const large = write((shop) =>
    Object.assign(shop.services["adservice"]!, { memory: "6GiB", memoryLimit: "6GiB", replicas: 9 }),
  );
  const list = listOf(plainBase, large);
  expect(list.verdict).toBe("blocked");
  expect(list.clusters[0]?.reasons.join()).toMatch(/check LF101/);
});

test("a rename says so, and another order is nothing", () => {
  expect(change(listFor("rename a service"), "service:mailer")?.action).toBe("rename");
  expect(listFor("services declared in another order").verdict).toBe("unchanged");
});

test("a way in that opens to everybody is marked for policies", () => {
  expect(change(listFor("add a route"), "route:public/cart")?.marks).toContain("opens-public");
});

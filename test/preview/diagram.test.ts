import mermaid from "mermaid";
import DOMPurify from "dompurify";
import { expect, test } from "vitest";
import { diagramOf, mermaidDiagram, type Diagram } from "../../preview/render/diagram.js";
import { dotDiagram } from "../../preview/render/dot.js";
import type { Topology } from "../../preview/schema.js";

// Mermaid cleans labels with the help of a document, which there is none here; its grammar needs none.
Object.assign(DOMPurify, { addHook: () => undefined, sanitize: (text: string) => text });

const fleet = (id: string): Topology["fleets"][number] => ({
  ...{ id, role: "worker", machine: "m7g.large", size: "2", vms: [] },
});
const service = (id: string, ...on: readonly string[]): Topology["services"][number] => ({
  ...{ id, on: [...on], image: "1", replicas: "2", stateful: false },
});
const outside = (from: string, to: string): Topology["edges"][number] => ({ from, to, outside: true, port: 443 });
const topology = (more: Partial<Topology>): Topology => ({
  ...{ zones: ["a"], fleets: [fleet("core"), fleet("edge")], services: [], edges: [], gateways: [] },
  ...more,
});

const drawn = ({ fleets }: Diagram): string[] =>
  fleets.flatMap(({ id, services }) => services.map(({ label, mark }) => `${id}: ${label}, ${mark}`));

test("a service on two fleets is drawn in both, with its edges at the first", async () => {
  const one = topology({
    services: [service("search", "core", "edge"), service("web", "edge")],
    edges: [{ from: "web", to: "search", outside: false, port: 9200 }],
  });
  const diagram = diagramOf(topology({ services: [service("web", "edge")] }), one);
  expect(drawn(diagram)).toEqual([
    "core: search 1 x 2 on 2 fleets, added",
    "edge: search, as in core, added",
    "edge: web 1 x 2, same",
  ]);
  expect(diagram.edges).toEqual([{ from: "service web", to: "service search", label: "9200", mark: "added" }]);
  const text = mermaidDiagram(diagram);
  await mermaid.parse(text);
  expect(text.match(/search/g)).toHaveLength(2);
  expect(text.match(/==>/g)).toHaveLength(1);
  expect(dotDiagram(diagram)).toContain('"service search on edge" [label="+ search, as in core"');
});

test("many services on many fleets do not make a picture that nobody can read", () => {
  const ids = Array.from({ length: 20 }, (_, index) => `f${index}`);
  const services = Array.from({ length: 50 }, (_, index) => service(`s${index}`, ...ids));
  const diagram = diagramOf(null, topology({ fleets: ids.map(fleet), services }));
  expect(drawn(diagram)).toHaveLength(50);
  expect(drawn(diagram)[0]).toBe("f0: s0 1 x 2 on 20 fleets, same");
});

test("a host outside is marked where the last use of it goes, or the first comes", () => {
  const services = ["api", "web"].map((id) => service(id, "core"));
  const before = topology({
    services,
    edges: ["api", "web"].flatMap((id) => [outside(id, "old"), outside(id, "both")]),
  });
  const after = topology({ services, edges: [outside("api", "both"), outside("api", "new")] });
  const marks = ({ outside: hosts }: Diagram) => hosts.map(({ key, mark }) => `${key} ${mark}`);
  const diagram = diagramOf(before, after);
  expect(marks(diagram)).toEqual(["both same", "new added", "old removed"]);
  expect(mermaidDiagram(diagram)).toContain('{{"#40;-#41; old"}}');
  expect(marks(diagramOf(null, after))).toEqual(["both same", "new same"]);
});

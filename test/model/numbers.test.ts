import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { editLock } from "../../model/edit-lock.js";
import { readLock } from "../../model/lock.js";
import { assignNumbers, NO_NUMBERS } from "../../model/numbers.js";
import { publishedPorts } from "../../model/published-ports.js";
import type { Model, NumbersModel } from "../../model/schema.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";

/** Services whose numbers fall together, by pairs, and some others: `sales:8080` and `basket:8080`, `/mail` and `/support`. */
const NAMES = ["basket", "sales", "mail", "support", "cart", "orders", "users", "a", "b"];

/** Routes to services of these names, each by its own path, behind one gateway. */
function routed(names: readonly string[], numbers: NumbersModel = NO_NUMBERS): Model {
  const port = { name: "http", port: 8080, hostPort: null };
  const services = [...names].sort().map((name) => serviceModel(name, ["core"], [port]));
  const routes = [...names].sort().map((name) => ({ path: `/${name}`, service: name, port: 8080 }));
  const gateway = { id: "public", internal: false, certificate: null, hosts: [], routes };
  return { ...modelOf([fleetModel("core")], services, [gateway]), numbers };
}

/** What `synth` does with a program: numbers out of the lock file, and those that are new into it. */
class Project {
  private file: string | null = null;

  synth(names: readonly string[]): NumbersModel {
    const noted = this.file === null ? undefined : readLock(this.file).numbers?.["shop"];
    const numbers = assignNumbers(routed(names, noted));
    this.file = editLock(this.file, { numbers: { shop: numbers } });
    return numbers;
  }

  get text(): string {
    return this.file ?? "";
  }
}

describe("numbers", () => {
  test("of the first run are those that the names alone give, so that nothing moves in an upgrade", () => {
    const before = { ...publishedPorts(routed(["sales"])) };
    expect(new Project().synth(["sales"])).toMatchObject({ ports: { "sales:8080": 30_039 } });
    expect(before).toEqual({ ...publishedPorts(routed(["sales"])) });
  });

  test("do not move when a name comes that falls on the same one", () => {
    const project = new Project();
    const first = project.synth(["sales", "support"]);
    const then = project.synth(["basket", "mail", "sales", "support"]);
    expect(then.ports).toMatchObject(first.ports);
    expect(then.priorities["public"]).toMatchObject(first.priorities["public"]!);
    expect(then.ports["basket:8080"]).not.toBe(then.ports["sales:8080"]);
  });

  test("never move, whatever comes and goes, and belong to one thing each", () => {
    fc.assert(
      fc.property(fc.array(fc.subarray(NAMES), { minLength: 1, maxLength: 12 }), (runs) => {
        const project = new Project();
        const seen = new Map<string, number>();
        for (const names of runs) {
          const { ports, priorities } = project.synth(names);
          const given = [...Object.entries(ports), ...Object.entries(priorities["public"] ?? {})];
          expect(given).toHaveLength(2 * names.length);
          for (const [key, number] of given) {
            expect(seen.get(key) ?? number).toBe(number);
            seen.set(key, number);
          }
        }
        const owners = (keys: RegExp): number[] =>
          [...seen].flatMap(([key, number]) => (keys.test(key) ? [number] : []));
        for (const all of [owners(/:/), owners(/^\//)]) expect(new Set(all).size).toBe(all.length);
      }),
    );
  });

  test("that the lock file holds are the same in any order of runs of one text: synth twice changes nothing", () => {
    const project = new Project();
    const first = project.synth(["basket", "sales"]);
    const { text } = project;
    expect(project.synth(["basket", "sales"])).toEqual(first);
    expect(project.text).toBe(text);
  });

  test("move where a service binds the port itself", () => {
    const project = new Project();
    const noted = project.synth(["sales"]);
    const model = routed(["sales"], noted);
    const bound = serviceModel("other", ["core"], [{ name: "p", port: 1, hostPort: 30_039 }]);
    expect(publishedPorts({ ...model, services: [...model.services, bound] }).get("sales:8080")).toBe(30_040);
  });
});

describe("the lock file's numbers", () => {
  test("take a line each, in order, so that two changes side by side merge", () => {
    const project = new Project();
    project.synth(["sales", "cart"]);
    const before = project.text.split("\n");
    project.synth(["sales", "cart", "orders"]);
    const added = project.text.split("\n").filter((line) => !before.includes(line));
    expect(added).toEqual([
      expect.stringMatching(/^ {8}"orders:8080": \d+,$/),
      expect.stringMatching(/^ {10}"\/orders": \d+,$/),
    ]);
  });

  test("leave images, offerings and other clusters as they are", () => {
    const numbers = { blog: { ...NO_NUMBERS, ports: { "web:80": 30_001 } } };
    const before = JSON.stringify({ version: 1, images: {}, later: 1, numbers });
    const after = JSON.parse(editLock(before, { numbers: { shop: { ...NO_NUMBERS, ports: { "web:80": 30_002 } } } }));
    expect(after).toEqual({
      ...{ version: 1, images: {}, later: 1 },
      numbers: { ...numbers, shop: { ports: { "web:80": 30_002 } } },
    });
  });
});

import { sep } from "node:path";
import { describe, expect, test } from "vitest";
import { capture, locate, trace } from "../../constructs/source.js";

const from = process.cwd();
const at = (...lines: string[]) => locate({ stack: ["Error", ...lines].join("\n") }, from);
const traced = (...lines: string[]) => trace({ stack: ["Error", ...lines].join("\n") }, from);

describe("the line of the program", () => {
  test("is the one that called", () => {
    function called(): ReturnType<typeof capture> {
      return capture(called as (...args: never[]) => unknown);
    }
    expect(locate(called())).toMatchObject({ file: "test/constructs/source.test.ts" });
  });

  test("is the first that is not Lightfleet's, Node's or a package's", () => {
    const own = `${from}${sep}constructs${sep}fleet.ts`;
    expect(
      at(
        "    at async Promise.all (index 0)",
        `    at new Fleet (${own}:10:5)`,
        "    at Module._compile (node:internal/modules:1:1)",
        `    at x (${from}/node_modules/acme/index.js:1:1)`,
        `    at Object.<anonymous> (file://${from}/stacks/main.ts:7:3)`,
        `    at y (${from}/later.ts:1:1)`,
      ),
    ).toEqual({ file: "stacks/main.ts", line: 7, column: 3 });
  });

  test("comes with the calls that led there, up to Node's own loader", () => {
    expect(
      traced(
        `    at web (${from}/helpers.ts:3:5)`,
        "    at Array.map (<anonymous>)",
        `    at team (${from}/team.ts:7:3)`,
        `    at ${from}/main.ts:20:1`,
        "    at ModuleJob.run (node:internal/modules/esm/module_job:343:25)",
        `    at async load (${from}/bin/cli.ts:1:1)`,
      ),
    ).toEqual({
      file: "helpers.ts",
      line: 3,
      column: 5,
      callers: [
        { file: "team.ts", line: 7, column: 3 },
        { file: "main.ts", line: 20, column: 1 },
      ],
    });
  });

  test("keeps the whole path outside of the project", () => {
    expect(at("    at /elsewhere/main.ts:7:3")).toEqual({ file: "/elsewhere/main.ts", line: 7, column: 3 });
  });

  test("is not known where there is none", () => {
    expect(at("    at node:internal/x:1:1")).toBeUndefined();
    expect(locate({})).toBeUndefined();
  });
});

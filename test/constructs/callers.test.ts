import { expect, test } from "vitest";
import { Service } from "lightfleet";
import { small } from "../program/small.js";
import { findingsOf } from "../program/synthesize.js";

test("a mistake of a service that a helper makes points at the helper and at its calls", () => {
  const findings = findingsOf((app) => {
    const { cluster, fleet } = small(app, { gateway: false });
    const web = (id: string, replicas: number): Service =>
      new Service(cluster, id, { on: fleet, image: "a:1", replicas });
    web("a", -1);
    web("b", 1);
    web("c", -1);
  });
  expect(findings.map(({ code, path }) => [code, path])).toEqual([
    ["LF004", "shop/a"],
    ["LF004", "shop/c"],
  ]);
  const [a, c] = findings.map(({ source }) => source!);
  expect(a!.line).toBe(c!.line);
  expect(c!.callers![0]!.line - a!.callers![0]!.line).toBe(2);
  expect(a!.callers![0]!.file).toBe("test/constructs/callers.test.ts");
});

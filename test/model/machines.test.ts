import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findMachine, machineTypes, nearestMachines } from "../../model/machines.js";

const types = machineTypes();

describe("the catalog of machines", () => {
  test("knows what EC2 says about a type", () => {
    expect(findMachine("m7g.large")).toEqual({
      type: "m7g.large",
      vcpus: 2,
      memoryMiB: 8192,
      arch: "arm64",
      networkGbps: 12.5,
      localDiskGB: 0,
      gpus: 0,
      burstable: false,
      onDemandOnly: false,
      xen: false,
      previousGeneration: false,
    });
    expect(findMachine("t3.micro")).toMatchObject({ vcpus: 2, memoryMiB: 1024, arch: "x86_64", burstable: true });
    expect(findMachine("t2.micro")).toMatchObject({ arch: "x86_64", xen: true });
    expect(findMachine("m5d.large")).toMatchObject({ localDiskGB: 75 });
    expect(findMachine("p5.48xlarge")).toMatchObject({ gpus: 8, vcpus: 192 });
  });

  test.each(["", "m7g", "m7g.large 2", "m7g.lrage", "M7G.LARGE", "toString"])("does not know '%s'", (type) => {
    expect(findMachine(type)).toBeUndefined();
  });

  test("leaves out bare metal and the Macs", () => {
    expect(types.filter((type) => type.includes("metal") || type.startsWith("mac"))).toEqual([]);
  });

  test("tells what is special about a type", () => {
    const special = (fact: "gpus" | "xen" | "onDemandOnly" | "previousGeneration"): number =>
      types.filter((type) => findMachine(type)?.[fact]).length;
    expect(special("gpus")).toBeGreaterThan(20);
    expect(special("xen")).toBeGreaterThan(20);
    expect(special("previousGeneration")).toBeGreaterThan(20);
    expect(special("onDemandOnly")).toBeGreaterThan(0);
    expect(special("onDemandOnly")).toBeLessThan(types.length / 4);
  });

  test("has sound figures for every type", () => {
    for (const type of types) {
      const machine = findMachine(type)!;
      expect(machine.vcpus, type).toBeGreaterThan(0);
      expect(machine.memoryMiB, type).toBeGreaterThan(256);
      expect(machine.networkGbps, type).toBeGreaterThan(0);
      expect(["x86_64", "arm64"], type).toContain(machine.arch);
    }
  });

  test("is small, sorted, and has one line a type", () => {
    const text = readFileSync(new URL("../../model/machines.json", import.meta.url), "utf8");
    expect(text.length).toBeLessThan(120_000);
    expect(types.length).toBeGreaterThan(1_000);
    expect(types).toEqual([...types].sort());
    expect(text.split("\n").filter((line) => line.startsWith("    "))).toHaveLength(types.length);
  });
});

describe("near names", () => {
  test.each([
    ["m7g.lrage", "m7g.large"],
    ["m7g.9xlarge", "m7g.8xlarge"],
    ["m7g.2xlrage", "m7g.2xlarge"],
    ["M7G.Large", "m7g.large"],
    ["t3-micro", "t3.micro"],
    ["t3micro", "t3.micro"],
    ["m9gg.xlarge", "m9g.xlarge"],
    ["c6gx.large", "c6g.large"],
  ])("'%s' may have meant '%s'", (wrong, right) => {
    expect(nearestMachines(wrong, 3)).toContain(right);
    expect(nearestMachines(wrong, 3).length).toBeLessThanOrEqual(3);
  });

  test("keeps the size where the family is wrong", () => {
    expect(nearestMachines("m7.large", 3)).toEqual(["m7a.large", "m7g.large", "m7i.large"]);
  });

  test("offers sizes where only the family is written", () => {
    expect(nearestMachines("m7g", 1)).toEqual(["m7g.large"]);
  });

  test("has none for a name that is like no other", () => {
    expect(nearestMachines("banana", 3)).toEqual([]);
    expect(nearestMachines("", 3)).toEqual([]);
    expect(nearestMachines("a-very-large-machine-please-and-thank-you", 3)).toEqual([]);
  });

  test("a name of the catalog is nearest to itself", () => {
    fc.assert(
      fc.property(fc.constantFrom(...types), (type) => {
        expect(nearestMachines(type, 1)).toEqual([type]);
      }),
    );
  });
});

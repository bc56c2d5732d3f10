import { expect, test } from "vitest";
import { LightfleetError } from "../../../errors/error.js";
import { awaitFleets } from "../../../operations/apply/wait-fleets.js";
import type { FleetProgress } from "../../../stacks/platform/status.js";

const signal = new AbortController().signal;

/** Plays one look after the other. @returns what was told */
async function play(...looks: FleetProgress[][]): Promise<(readonly FleetProgress[])[]> {
  const told: (readonly FleetProgress[])[] = [];
  const look = async (): Promise<FleetProgress[]> => (looks.length > 1 ? (looks.shift() ?? []) : (looks[0] ?? []));
  await awaitFleets("shop", {
    signal,
    look,
    onFleets: (fleets) => told.push(fleets),
    everyMs: 1,
    timeoutMs: looks.length > 1 ? 60_000 : 0,
  });
  return told;
}
const core = (healthy: number, more: Partial<FleetProgress> = {}): FleetProgress => ({
  id: "core",
  desired: 3,
  healthy,
  ...more,
});

test("it waits until all VMs are healthy, and tells what is new only", async () => {
  expect(await play([core(0)], [core(0)], [core(2)], [core(3)])).toEqual([[core(0)], [core(2)], [core(3)]]);
});

test("it waits until VMs are replaced", async () => {
  const restart = "'start the refresh'";
  const refresh = { state: "InProgress", outcome: "running", percent: 50, restart } as const;
  const end = { state: "Successful", outcome: "done", percent: 100, restart } as const;
  expect(await play([core(3, { refresh })], [core(3, { refresh: end })])).toHaveLength(2);
});

test("it outlives a look that is throttled", async () => {
  let looks = 0;
  const look = async (): Promise<FleetProgress[]> => {
    if (++looks === 2) throw new LightfleetError("throttled", { code: "LF628", kind: "external" });
    return [core(looks)];
  };
  await awaitFleets("shop", { signal, look, onFleets: () => undefined, everyMs: 1 });
  expect(looks).toBe(3);
});

test("a replacement that failed is an error with its reason", async () => {
  const refresh = {
    ...({ state: "Failed", outcome: "failed", percent: 30, reason: "VMs were not healthy" } as const),
    restart: "'start the refresh'",
  };
  await expect(play([core(3, { refresh })])).rejects.toMatchObject({ code: "LF606", message: /VMs were not healthy/ });
});

test("VMs that do not come are an error, with the group's own words", async () => {
  await expect(play([core(1)])).rejects.toMatchObject({ code: "LF606" });
  const capacity = "We currently do not have sufficient m7g.large capacity in the Availability Zone you requested";
  await expect(play([core(1, { problem: capacity })])).rejects.toMatchObject({ code: "LF611" });
  const quota = "You have requested more vCPU capacity than your current vCPU limit of 32 allows";
  await expect(play([core(1, { problem: quota })])).rejects.toMatchObject({ code: "LF610" });
});

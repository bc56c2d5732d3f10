import { describe, expect, test } from "vitest";
import { demandOf } from "../../checks/placement/demand.js";
import { taskFleets, vmsOf } from "../../checks/placement/vms.js";
import type { RolloutSource } from "../../stacks/aws/live/release-source.js";
import { simulateRollout } from "../../operations/rollout/simulate.js";
import { awaitRelease } from "../../operations/rollout/wait.js";
import { LightfleetError, type ErrorCode } from "../../errors/error.js";
import type { Model } from "../../model/schema.js";
import { readStatus, type RolloutStatus, type ServiceRollout, type UnreadStatus } from "../../node/status.js";
import { examples } from "../program/examples.js";
import { fleetModel, modelOf, serviceModel } from "../program/random-model.js";

const service = (more: Partial<ServiceRollout> = {}): ServiceRollout => ({
  ...{ state: "running", desired: 2, running: 2, image: "web:2", nodes: ["vm-a", "vm-a"], since: 1 },
  ...more,
});
const told = (state: string, digest: string, web = service(), error?: string, final?: boolean): RolloutStatus => ({
  ...{ version: 1, cluster: "shop", at: 1, nodes: {}, services: { web } },
  release: { state, digest, ...(error !== undefined && { error }), ...(final !== undefined && { final }) },
});

/** A source that tells one status after the other, the last one for ever. */
const source = (...statuses: readonly (RolloutStatus | UnreadStatus | undefined)[]): RolloutSource => {
  let next = 0;
  return {
    wanted: () => Promise.resolve("new"),
    status: () => Promise.resolve(statuses[Math.min(next++, statuses.length - 1)]),
  };
};

const wait = (from: RolloutSource, seen: RolloutStatus[] = [], timeoutMs = 10_000): Promise<unknown> =>
  awaitRelease("shop", from, {
    ...{ signal: new AbortController().signal, everyMs: 1, timeoutMs },
    onStatus: (status) => seen.push(status),
  });

describe("waiting for a release", () => {
  test("ends when it has converged, and tells each change on the way once", async () => {
    const rolling = told("updating", "new", service({ state: "updating", running: 1 }));
    const seen: RolloutStatus[] = [];
    const end = await wait(
      source(undefined, told("converged", "old"), rolling, rolling, told("converged", "new")),
      seen,
    );
    expect(end).toMatchObject({ release: { state: "converged", digest: "new" } });
    expect(seen.map(({ release }) => release.state)).toEqual(["updating", "converged"]);
  });

  test.each(["rolled-back", "failing", "paused"] as const)(
    "fails when it ends %s, with the task's own error",
    async (state) => {
      const ill = service({ state, running: 0, error: "task: non-zero exit (1)" });
      const error = await wait(source(told(state, "new", ill))).catch((thrown: unknown) => thrown);
      expect(LightfleetError.is(error) && error.code).toBe("LF075");
      expect(String(error)).toContain(`web: ${state} (0/2 running): task: non-zero exit (1)`);
    },
  );

  test.each(["refused", "failed"])("ends at once when it is %s, with the engine's own words", async (state) => {
    const words = "only 64 characters are allowed: rpc error: code = InvalidArgument";
    const looks = source(told("updating", "new"), told(state, "new", service(), words));
    const error = await wait(looks).catch((thrown: unknown) => thrown);
    expect(LightfleetError.is(error) && error.code).toBe("LF075");
    expect(String(error)).toContain(words);
  });

  test.each(["refused", "failed"])("gives what is %s and tried again two more tries of the managers", async (state) => {
    const at = (seconds: number) => ({ ...told(state, "new", service(), "no secret 'db'", false), at: 100 + seconds });
    await expect(wait(source(at(0), at(60), told("converged", "new")))).resolves.toMatchObject({
      release: { state: "converged" },
    });
    await expect(
      wait(source(at(0), at(60), told("updating", "new"), at(90), at(120), told("converged", "new"))),
    ).resolves.toBeDefined();
    const error = await wait(source(at(0), at(60), at(120))).catch((thrown: unknown) => thrown);
    expect(LightfleetError.is(error) && error.code).toBe("LF075");
    expect(String(error)).toContain("no secret 'db'");
  });

  test("never waits for a state that it does not know, nor for a status of another format", async () => {
    const version = readStatus(JSON.stringify({ ...told("converged", "new"), version: 2 }));
    for (const strange of [told("levitating", "new"), version]) {
      const error = await wait(source(strange)).catch((thrown: unknown) => thrown);
      expect(LightfleetError.is(error) && error.code).toBe("LF075");
      expect(LightfleetError.is(error) && error.hint).toContain("update Lightfleet");
    }
  });

  test("looks again where a status was cut off, but not for ever", async () => {
    const cut = readStatus('{"version":1,');
    await expect(wait(source(cut, cut, told("converged", "new")))).resolves.toBeDefined();
    await expect(wait(source(cut))).rejects.toMatchObject({ code: "LF075" });
  });

  test("reads services in states that it does not know", () => {
    const text = JSON.stringify(told("updating", "new", service({ state: "moving" })));
    expect(readStatus(text)).toMatchObject({ services: { web: { state: "moving" } } });
  });

  test("does not take the end of the one before for its own", async () => {
    const error = await wait(source(told("rolled-back", "old")), [], 20).catch((thrown: unknown) => thrown);
    expect(LightfleetError.is(error) && error.code).toBe("LF075");
    expect(String(error)).toContain("still tell of the one before");
  });

  const failing = (code: ErrorCode, times: number, from: RolloutSource): RolloutSource => {
    let looks = 0;
    const status = () =>
      ++looks > 1 && looks <= times + 1
        ? Promise.reject(new LightfleetError("SlowDown", { code, kind: "external" }))
        : from.status();
    return { ...from, status };
  };
  const rolling = () => source(told("updating", "new"), told("converged", "new"));

  test.each(["LF628", "LF629", "LF630"] as const)("outlives a few looks that fail with %s", async (code) => {
    await expect(wait(failing(code, 4, rolling()))).resolves.toMatchObject({ release: { state: "converged" } });
    await expect(wait(failing(code, 5, rolling()))).rejects.toMatchObject({ code });
  });

  test.each(["LF076", "LF626", "LF627"] as const)(
    "ends at once with what does not pass by itself: %s",
    async (code) => {
      await expect(wait(failing(code, 1, rolling()))).rejects.toMatchObject({ code });
    },
  );

  test("has nothing to wait for where there is no release", async () => {
    await expect(
      wait({ wanted: () => Promise.resolve(undefined), status: () => Promise.reject(new Error("asked")) }),
    ).resolves.toBeUndefined();
  });
});

test("a status of another version, and what is none, is not read", () => {
  const text = JSON.stringify(told("converged", "new"));
  expect(readStatus(text)).toMatchObject({ cluster: "shop" });
  expect(readStatus(text.replace('"version":1', '"version":2'))).toMatchObject({ foreign: true });
  expect(readStatus("{")).toMatchObject({ foreign: false });
  expect(readStatus("[]")).toMatchObject({ foreign: false });
});

const simulated = (model: Model) =>
  simulateRollout(
    taskFleets(model).flatMap((fleet) => vmsOf(fleet, fleet.size.desired)),
    model.services.map(demandOf),
  );

test("the sandbox plays the agent's part with the planner's placement", async () => {
  const { model } = await examples.find(({ name }) => name === "shop")!.run();
  const services = simulated(model);
  expect(services.map(({ id }) => id)).toEqual(model.services.map(({ id }) => id));
  for (const { id, running, desired, places } of services) {
    const declared = model.services.find((one) => one.id === id)!;
    expect({ id, running, desired }).toEqual({ id, running: declared.replicas, desired: declared.replicas });
    for (const vm of Object.keys(places)) expect(declared.on).toContain(vm.split("/")[0]);
  }
});

test("the sandbox says which tasks would stay pending", () => {
  const big = { ...serviceModel("big", ["core"]), replicas: 3, memoryMiB: 1_200 };
  expect(simulated(modelOf([fleetModel("core")], [big], []))).toMatchObject([{ id: "big", desired: 3, running: 1 }]);
});

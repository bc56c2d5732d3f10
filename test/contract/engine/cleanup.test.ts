import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { z } from "zod";
import { onEngines } from "./on-engines.js";

const PROGRAMS = fileURLToPath(new URL("../../../node/files", import.meta.url));
/** A look of the program that removes images, as long after the last one as it waits. */
const LOOK = `
import sys, time
sys.path.insert(0, sys.argv[1]); sys.dont_write_bytecode = True
import cleanup
from context import Node
from engine import Engine
real = time.monotonic
time.monotonic = lambda: real() + int(sys.argv[4]) * (cleanup.LOOK + 1)
cleanup.clean(Node({}, object(), object(), Engine(sys.argv[2]), sys.argv[3], sys.argv[3] + "/run"))
`;

onEngines("images that nothing uses", 1, (swarm) => {
  test("are removed, all but the one before; what runs goes on", async () => {
    const { manager, registry, engines } = swarm();
    const state = mkdtempSync(join(engines.home, "images-"));
    let looks = 0;
    const look = (): void =>
      void execFileSync("python3", ["-c", LOOK, PROGRAMS, manager.socket, state, String(looks++)]);
    const images = async (): Promise<string[]> =>
      z
        .array(z.object({ RepoDigests: z.array(z.string()).nullish(), RepoTags: z.array(z.string()).nullish() }))
        .parse(await manager.call("GET", "/images/json"))
        .flatMap(({ RepoTags }) => RepoTags ?? [])
        .filter((name) => name.includes("/app:"))
        .sort();
    const { ID } = z.object({ ID: z.string() }).parse(
      await manager.call("POST", "/services/create", {
        Name: "app",
        TaskTemplate: { ContainerSpec: { Image: await registry.push(manager, "app", "1"), StopGracePeriod: 1e9 } },
      }),
    );
    const shape = z.looseObject({
      Version: z.object({ Index: z.number() }),
      Spec: z.looseObject({ TaskTemplate: z.looseObject({ ContainerSpec: z.looseObject({}) }) }),
    });
    const runs = async (image: string): Promise<void> => {
      while (
        !(await swarm().tasks()).some(
          ({ Status, Spec, DesiredState }) =>
            DesiredState === "running" && Status.State === "running" && JSON.stringify(Spec).includes(`"${image}"`),
        )
      )
        await sleep(200);
    };
    await runs("10.211.0.1:5001/app:1");
    look();
    for (const tag of ["2", "3", "4"]) {
      const image = await registry.push(manager, "app", tag);
      const { Version, Spec } = shape.parse(await manager.call("GET", `/services/${ID}`));
      Spec.TaskTemplate.ContainerSpec["Image"] = image;
      await manager.call("POST", `/services/${ID}/update?version=${Version.Index}`, Spec);
      await runs(image);
      look();
      look();
    }
    expect(await images()).toEqual(["10.211.0.1:5001/app:3", "10.211.0.1:5001/app:4"]);
    const running = (await swarm().tasks()).filter(({ Status }) => Status.State === "running");
    expect(running).toHaveLength(1);
  });
});

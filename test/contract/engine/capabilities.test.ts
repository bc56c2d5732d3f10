import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { compareVersions, LATE_CAPABILITIES } from "../../../checks/facts.js";
import { CAPABILITIES } from "../../../model/limits/linux.js";
import { onEngines } from "./on-engines.js";

/** Each capability that the language has is asked for by a service of its own: LF217 tells those that an engine does not know. */
onEngines("capabilities", 1, (swarm) => {
  let image = "";
  beforeAll(async () => {
    if (swarm() !== undefined) image = await swarm().registry.push(swarm().manager, "demo", "1");
  });

  test("are known, but for those that LF217 tells", async () => {
    const { manager, version } = swarm();
    const refused: string[] = [];
    for (const name of CAPABILITIES) {
      const create = {
        Name: name.toLowerCase(),
        TaskTemplate: {
          ContainerSpec: {
            Image: image,
            CapabilityDrop: ["ALL"],
            CapabilityAdd: [name === "ALL" ? name : `CAP_${name}`],
          },
          RestartPolicy: { Condition: "none" },
        },
        Mode: { Replicated: { Replicas: 1 } },
      };
      const made = await manager.call("POST", "/services/create", create).catch((error: unknown) => String(error));
      const { ID } = z.object({ ID: z.string() }).catch({ ID: "" }).parse(made);
      const outcome = ID === "" ? String(made) : await outcomeOf(ID);
      if (outcome.includes("unknown capability")) refused.push(name);
      // What the machine that tests does not have is no matter of the engine's.
      else if (outcome !== "running") console.log(`CAP_${name} on Docker ${version}: ${outcome}`);
      if (ID !== "") await manager.call("DELETE", `/services/${ID}`);
    }
    console.log(
      `of ${CAPABILITIES.length} capabilities, Docker ${version} does not know ${refused.join(", ") || "none"}`,
    );
    expect(refused).toEqual(compareVersions(version, LATE_CAPABILITIES.since) < 0 ? LATE_CAPABILITIES.names : []);
  });

  async function outcomeOf(service: string): Promise<string> {
    for (;;) {
      const task = (await swarm().tasks()).find(({ ServiceID }) => ServiceID === service);
      const { State, Err } = z
        .looseObject({ State: z.string(), Err: z.string().optional() })
        .parse(task?.Status ?? { State: "none" });
      if (State === "running") return State;
      if (["failed", "rejected", "complete"].includes(State)) return `${State}: ${Err ?? ""}`;
      await sleep(100);
    }
  }
});

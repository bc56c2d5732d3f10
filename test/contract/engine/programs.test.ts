import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { onEngines } from "./on-engines.js";
import { isDeployed } from "./programs.js";

onEngines("the release programs of VMs", 1, (swarm) => {
  const bundle = (image: string, text: string): string =>
    JSON.stringify({
      version: 1,
      cluster: "shop",
      configs: { "web-file": { content: text } },
      stack: {
        version: "3.9",
        networks: { web: { driver: "overlay" } },
        services: {
          web: {
            image,
            networks: ["web"],
            configs: [{ source: "web-file", target: "/etc/file" }],
            deploy: { placement: { constraints: ["node.labels.lightfleet.fleet == core"] } },
          },
        },
      },
    });

  test("bring a release to the swarm, and its task runs, with an image of a registry", async () => {
    const image = await swarm().registry.push(swarm().manager, "demo", "1");
    await swarm().label((await swarm().nodes())[0]!, "core");
    const released = await swarm().programs.release("shop", bundle(image, "text"));
    expect(released).toSatisfy(isDeployed);
    while (!(await swarm().tasks()).some(({ Status }) => Status.State === "running")) await sleep(100);
  });

  test("say what the engine refuses", async () => {
    expect(await swarm().programs.release("shop", bundle("No:Image", "text"))).not.toSatisfy(isDeployed);
  });
});

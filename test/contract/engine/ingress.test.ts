import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { beforeAll, expect, test } from "vitest";
import { INGRESS_RANGE, largeRange, OVERLAY } from "../../../model/overlay-sizes.js";
import { onEngines } from "./on-engines.js";
import { isDeployed } from "./programs.js";
import type { Task } from "./swarm.js";

const network = z.looseObject({
  Id: z.string(),
  Name: z.string(),
  Ingress: z.boolean().optional(),
  IPAM: z.object({ Config: z.array(z.object({ Subnet: z.string() })).nullish() }),
});
const attached = z.looseObject({
  Network: z.looseObject({ Spec: z.looseObject({ Ingress: z.boolean().optional() }) }),
  Addresses: z.array(z.string()).nullish(),
});
const tasked = z.array(z.looseObject({ NetworksAttachments: z.array(attached).nullish() }));
const SERVE = "mkdir -p /tmp/www; echo ok > /tmp/www/index.html; exec busybox httpd -f -p 8080 -h /tmp/www";

onEngines("the network of published ports", 2, (swarm) => {
  let image: string;
  beforeAll(async () => {
    if (swarm() === undefined) return;
    const entry = [`ENTRYPOINT ${JSON.stringify(["/bin/sh", "-c", SERVE])}`];
    image = await swarm().registry.push(swarm().manager, "serve", "1", entry);
    for (const node of await swarm().nodes()) await swarm().label(node, "core");
  }, 120_000);

  /** A turn of the leader's; what the engine does not do yet is tried again. */
  const turn = async (): Promise<boolean> => {
    const { leads, log } = await swarm()
      .programs.found("shop")
      .catch((error: unknown) => ({ leads: false, log: [String(error)] }));
    if (log.length > 0) console.log(log.join("\n"));
    return leads;
  };
  const networks = async () => z.array(network).parse(await swarm().manager.call("GET", "/networks"));
  const ingress = async (): Promise<string | undefined> =>
    (await networks()).find(({ Ingress }) => Ingress)?.IPAM.Config?.[0]?.Subnet;
  const release = async (services: Readonly<Record<string, object>>): Promise<void> => {
    const all = Object.entries(services).map(([name, one]) => [name, { image, networks: ["web"], ...one }]);
    const stack = {
      version: "3.9",
      networks: { web: { driver: "overlay", ipam: { config: [{ subnet: largeRange(1) }] } } },
      services: Object.fromEntries(all),
    };
    const released = await swarm().programs.release("shop", JSON.stringify({ version: 1, cluster: "shop", stack }));
    expect(released).toSatisfy(isDeployed);
  };
  const tasksOf = async (service: string): Promise<Task[]> => {
    const { ID } = z.object({ ID: z.string() }).parse(await swarm().manager.call("GET", `/services/${service}`));
    return swarm().tasks({ service: [ID] });
  };
  const running = ({ DesiredState, Status }: Task): boolean => DesiredState === "running" && Status.State === "running";
  const addresses = (tasks: readonly Task[]): string[] =>
    tasked.parse(tasks).flatMap(({ NetworksAttachments }) =>
      (NetworksAttachments ?? [])
        .filter(({ Network }) => Network.Spec.Ingress)
        .flatMap(({ Addresses }) => Addresses ?? [])
        .map((address) => address.replace(/\/\d+$/, "")),
    );

  test("is made larger before the first release of a swarm, and holds more tasks than a /24", async () => {
    expect(await ingress()).toBe("100.64.0.0/24");
    do await sleep(200);
    while (!(await turn()) && (await ingress()) !== INGRESS_RANGE);
    expect(await ingress()).toBe(INGRESS_RANGE);
    await turn();
    await swarm().programs.elapse("shop", 10);
    expect(await turn()).toBe(true);

    const port = (published: number) => ({ target: 8080, published, protocol: "tcp", mode: "ingress" });
    const nowhere = { placement: { constraints: ["node.labels.lightfleet.fleet == none"] } };
    const filler = { ports: [port(30_001)], deploy: { ...nowhere, replicas: OVERLAY.addresses } };
    await release({ filler });
    // What no node can take has its address all the same.
    while (addresses(await tasksOf("shop_filler")).length < OVERLAY.addresses) await sleep(200);
    await release({ filler, web: { ports: [port(30_000)], deploy: { replicas: 6 } } });
    while ((await tasksOf("shop_web")).filter(running).length < 6) await sleep(200);
    const tasks = (await tasksOf("shop_web")).filter(running);
    expect(new Set(tasks.map(({ NodeID }) => NodeID)).size).toBe(2);
    const wanted = addresses(tasks);
    expect(wanted).toHaveLength(6);
    expect(wanted.every((address) => address.startsWith("100.95.241."))).toBe(true);
    // As a request that comes to any node is sent on.
    const ask = `for a; do printf 'GET / HTTP/1.0\\r\\n\\r\\n' | busybox nc -w 5 "$a" 30000 2>/dev/null | grep -q ' 200 ' && echo "$a"; done; true`;
    for (const engine of swarm().engines.all)
      await expect
        .poll(
          () =>
            engine
              .behindPorts("sh", ["-c", ask, "sh", ...wanted])
              .trim()
              .split("\n"),
          { timeout: 60_000 },
        )
        .toEqual(wanted);

    // From here on it stays as it is.
    expect(await swarm().programs.found("shop")).toEqual({ leads: true, log: [] });
    expect(await ingress()).toBe(INGRESS_RANGE);
  });
});

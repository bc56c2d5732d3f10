import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { beforeAll, expect, test } from "vitest";
import { addressDemand } from "../../../model/overlays.js";
import { LARGE_OVERLAY, OVERLAY } from "../../../model/overlay-sizes.js";
import type { Model } from "../../../model/schema.js";
import { fleetModel, serviceModel } from "../../program/random-model.js";
import { onEngines } from "./on-engines.js";
import { isDeployed } from "./programs.js";
import type { Task } from "./swarm.js";

const RANGE = "100.96.16.0/20";
const containers = z.array(z.object({ Id: z.string() }));
const addressed = z.array(
  z.object({ NetworksAttachments: z.array(z.object({ Addresses: z.array(z.string()).nullish() })).nullish() }),
);

/** Asks each task of `web` by the addresses that its name leads to, again and again. */
const PROBE = `while :; do
for a in $(nslookup tasks.web 127.0.0.11 2>/dev/null | busybox awk '/^Address/ { if (seen++) print $NF }'); do
if printf 'GET / HTTP/1.0\\r\\n\\r\\n' | busybox nc -w 3 "$a" 8080 2>/dev/null | busybox grep -q ' 200 '; then echo "answered $a"; fi
done
sleep 0.2
done`;
const SERVE = "mkdir -p /tmp/www; echo ok > /tmp/www/index.html; exec busybox httpd -f -p 8080 -h /tmp/www";

onEngines("addresses in networks of the swarm", 2, (swarm) => {
  let image: string;
  const running = ({ DesiredState, Status }: Task): boolean => DesiredState === "running" && Status.State === "running";

  beforeAll(async () => {
    if (swarm() === undefined) return;
    image = await swarm().registry.push(swarm().manager, "served", "1");
    for (const node of await swarm().nodes()) await swarm().label(node, "core");
  }, 120_000);

  async function release(cluster: string, range: string, services: Readonly<Record<string, object>>): Promise<void> {
    const networks = { web_20: { driver: "overlay", ipam: { config: [{ subnet: range }] } } };
    const all = Object.entries(services).map(([name, service]) => [name, { image, networks: ["web_20"], ...service }]);
    const stack = { version: "3.9", networks, services: Object.fromEntries(all) };
    const bundle = JSON.stringify({ version: 1, cluster, stack });
    for (;;) {
      const { outcome, log } = await swarm().programs.release(cluster, bundle);
      if (outcome !== null && "applying" in outcome) continue;
      expect({ outcome, log }).toSatisfy(isDeployed);
      return;
    }
  }

  const tasksOf = async (service: string): Promise<Task[]> => {
    const { ID } = z.object({ ID: z.string() }).parse(await swarm().manager.call("GET", `/services/${service}`));
    return (await swarm().tasks()).filter(({ ServiceID }) => ServiceID === ID);
  };
  const clear = async (): Promise<void> => {
    const services = z.array(z.object({ ID: z.string() })).parse(await swarm().manager.call("GET", "/services"));
    for (const { ID } of services) await swarm().manager.call("DELETE", `/services/${ID}`);
    while ((await swarm().tasks()).some(({ Status }) => Status.State === "running")) await sleep(200);
  };

  test("beyond those of a /24 are answered at, by name, from the same node and another", async () => {
    const nowhere = {
      placement: { constraints: ["node.labels.lightfleet.fleet == none"] },
      replicas: OVERLAY.addresses,
    };
    const filler = { deploy: nowhere };
    const runs = (name: string, script: string): Promise<string> =>
      swarm().registry.push(swarm().manager, name, "1", [`ENTRYPOINT ${JSON.stringify(["/bin/sh", "-c", script])}`]);
    const [serve, probe] = [await runs("serve", SERVE), await runs("probe", PROBE)];
    await release("large", RANGE, { filler });
    // What no node can take has its address all the same.
    const given = async (): Promise<number> =>
      addressed
        .parse(await tasksOf("large_filler"))
        .filter(({ NetworksAttachments }) => (NetworksAttachments?.[0]?.Addresses?.length ?? 0) > 0).length;
    while ((await given()) < OVERLAY.addresses) await sleep(200);
    await release("large", RANGE, {
      filler,
      web: { image: serve, deploy: { replicas: 12 } },
      probe: { image: probe, deploy: { replicas: 1 } },
    });
    while ((await tasksOf("large_web")).filter(running).length < 12) await sleep(200);
    const tasks = (await tasksOf("large_web")).filter(running);
    expect(new Set(tasks.map(({ NodeID }) => NodeID)).size).toBe(2);
    const wanted = addressed
      .parse(tasks)
      .map(({ NetworksAttachments }) => NetworksAttachments![0]!.Addresses![0]!.replace(/\/\d+$/, ""));
    // The third number of the range's first 256 addresses is 16.
    expect(wanted.every((address) => address.startsWith("100.96.17."))).toBe(true);
    for (;;) {
      const said = await logsOf("large_probe");
      if (wanted.every((address) => said.includes(`answered ${address}`))) break;
      await sleep(500);
    }
    await clear();
  }, 240_000);

  /** What containers of a service printed, on whichever node. */
  async function logsOf(service: string): Promise<string> {
    const filters = encodeURIComponent(JSON.stringify({ label: [`com.docker.swarm.service.name=${service}`] }));
    const texts = swarm().engines.all.map(async (engine) => {
      const found = containers.parse(await engine.call("GET", `/containers/json?filters=${filters}`));
      return Promise.all(found.map(({ Id }) => engine.call("GET", `/containers/${Id}/logs?stdout=1`)));
    });
    return (await Promise.all(texts)).flat().map(String).join("\n");
  }

  test.each([
    ["start-first", 9],
    ["stop-first", 10],
  ] as const)(
    "are enough where as many are there as are counted, in an update that is %s",
    async (order, replicas) => {
      const fleet = { ...fleetModel("core"), size: { min: 2, desired: 2, max: 2 } };
      const rollout: Model["services"][number]["rollout"] = { parallel: 1, order, pauseMs: 0, onFailure: "rollback" };
      const demand = addressDemand([{ ...serviceModel("web", ["core"]), replicas, rollout }], [fleet]);
      // Of a /28: all but its ends and the gateway.
      expect(demand).toBe(2 ** 4 - 3);
      expect(LARGE_OVERLAY.addresses).toBe(2 ** 12 - 3);
      const web = (text: string): object => ({
        environment: { TEXT: text },
        deploy: { replicas, update_config: { parallelism: 1, order, monitor: "1s" } },
      });
      const cluster = `full-${order.slice(0, 4)}`;
      const range = order === "start-first" ? "100.96.32.0/28" : "100.96.48.0/28";
      await release(cluster, range, { web: web("1") });
      while ((await tasksOf(`${cluster}_web`)).filter(running).length < replicas) await sleep(200);
      await release(cluster, range, { web: web("2") });
      const updated = z.looseObject({ UpdateStatus: z.object({ State: z.string() }).optional() });
      for (;;) {
        const { UpdateStatus } = updated.parse(await swarm().manager.call("GET", `/services/${cluster}_web`));
        if (UpdateStatus?.State === "completed") break;
        expect(UpdateStatus?.State ?? "updating").toBe("updating");
        await sleep(500);
      }
      expect((await tasksOf(`${cluster}_web`)).filter(running)).toHaveLength(replicas);
      await clear();
    },
    240_000,
  );
});

import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { Engine } from "../swarm-daemons.js";
import type { Swarm } from "./swarm.js";

const STACK = { "com.docker.stack.namespace": "shop" };
const containersShape = z.array(z.object({ Id: z.string() }));
const serviceShape = z.looseObject({
  ID: z.string(),
  Version: z.object({ Index: z.number() }),
  Spec: z.looseObject({
    Name: z.string(),
    Labels: z.record(z.string(), z.string()),
    Mode: z.looseObject({ Replicated: z.object({ Replicas: z.number() }).optional() }),
    TaskTemplate: z.looseObject({
      Placement: z.looseObject({ Constraints: z.array(z.string()).nullish() }),
    }),
  }),
  UpdateStatus: z.looseObject({ State: z.string().optional() }).optional(),
});

/** A service that answers requests some seconds after its start and while it ends, as a release makes one. */
export interface Served {
  readonly name: string;
  readonly replicas: number;
  readonly order?: "start-first" | "stop-first";
  readonly volume?: string;
  /** The only node on which its tasks are well, by its id. */
  readonly wellOn?: string;
  readonly constraint?: string;
}

/** Services on a swarm that are asked without a pause, each by its own prober on the first node. */
export class Serving {
  private constructor(
    private readonly swarm: Swarm,
    private readonly image: string,
    private readonly network: string,
  ) {}

  static async start(swarm: Swarm): Promise<Serving> {
    const image = await swarm.registry.push(swarm.manager, "served", "1");
    const { Id } = z
      .object({ Id: z.string() })
      .parse(await swarm.manager.call("POST", "/networks/create", { Name: "shop_web", Driver: "overlay" }));
    return new Serving(swarm, image, Id);
  }

  async create({ name, replicas, order = "start-first", volume, wellOn, constraint }: Served): Promise<void> {
    const script =
      "trap 'sleep 3; exit 0' TERM; mkdir -p /tmp/www; echo ok > /tmp/www/index.html; sleep 2; busybox httpd -f -p 8080 -h /tmp/www & wait; wait";
    await this.make(name, ["/bin/sh", "-c", script], {
      Mode: { Replicated: { Replicas: replicas } },
      UpdateConfig: { Parallelism: 1, Order: order, Monitor: 2e9, FailureAction: "rollback" },
      constraint: constraint ?? "node.labels.lightfleet.fleet == core",
      container: {
        Env: ["NODE={{.Node.ID}}"],
        Healthcheck: {
          Test: [
            "CMD-SHELL",
            `${wellOn === undefined ? "" : `[ "$NODE" = ${wellOn} ] && `}wget -q -O /dev/null http://127.0.0.1:8080/`,
          ],
          ...{ Interval: 1e9, Timeout: 3e9, Retries: 3, StartPeriod: 4e9 },
        },
        ...(volume !== undefined && { Mounts: [{ Type: "volume", Source: volume, Target: "/data" }] }),
      },
    });
  }

  /** Asks each of a service's tasks that its name leads to, until it is stopped. */
  async probe(name: string): Promise<Prober> {
    const script = `while :; do
a=$(nslookup tasks.shop_${name} 127.0.0.11 2>/dev/null | busybox awk '/^Address/ { if (seen++) print $NF }' | busybox shuf -n 1)
if [ -n "$a" ] && printf 'GET / HTTP/1.0\\r\\n\\r\\n' | busybox nc -w 2 "$a" 8080 2>/dev/null | busybox grep -q ' 200 '; then echo ok
else echo "failed $(busybox date +%T) $a"; fi
sleep 0.05
done`;
    const prober = `prober-${name}`;
    await this.make(prober, ["/bin/sh", "-c", script], {
      Mode: { Replicated: { Replicas: 1 } },
      constraint: "node.labels.lightfleet.fleet == control",
      container: {},
    });
    return new Prober(this.swarm, `shop_${prober}`);
  }

  private async make(
    name: string,
    command: readonly string[],
    { container, constraint, ...spec }: Record<string, unknown> & { container: object; constraint: string },
  ): Promise<void> {
    await this.swarm.manager.call("POST", "/services/create", {
      Name: `shop_${name}`,
      Labels: STACK,
      TaskTemplate: {
        ContainerSpec: { Image: this.image, Command: command, Labels: STACK, StopGracePeriod: 10e9, ...container },
        Placement: {
          Constraints: [constraint],
          Preferences: [{ Spread: { SpreadDescriptor: "node.labels.lightfleet.zone" } }],
        },
        RestartPolicy: { Condition: "any", Delay: 1e9 },
        Networks: [{ Target: this.network }],
      },
      EndpointSpec: { Mode: "dnsrr" },
      ...spec,
    });
  }

  async service(name: string): Promise<z.infer<typeof serviceShape>> {
    return serviceShape.parse(await this.swarm.manager.call("GET", `/services/shop_${name}`));
  }

  /** The nodes of a service's tasks that are well. */
  async places(name: string): Promise<string[]> {
    const { ID } = await this.service(name);
    const tasks = (await this.swarm.tasks()).filter(({ ServiceID }) => ServiceID === ID);
    const well = tasks.filter(({ Status, DesiredState }) => DesiredState === "running" && Status.State === "running");
    return well.map(({ NodeID }) => NodeID!).sort();
  }

  /** Removes all services, and waits until their tasks have ended. */
  async clear(): Promise<void> {
    const services = z.array(z.object({ ID: z.string() })).parse(await this.swarm.manager.call("GET", "/services"));
    for (const { ID } of services) await this.swarm.manager.call("DELETE", `/services/${ID}`);
    while ((await this.swarm.tasks()).some(({ Status }) => Status.State === "running")) await sleep(200);
  }
}

/** Requests, made one after the other. */
export class Prober {
  constructor(
    private readonly swarm: Swarm,
    private readonly name: string,
  ) {}

  /** So far: how many were asked, and what is said of those that failed. */
  async result(): Promise<{ readonly asked: number; readonly failures: readonly string[] }> {
    const lines = (await this.logs()).split("\n");
    const failures = lines.filter((line) => line.includes("failed"));
    return { asked: lines.filter((line) => line.includes("ok")).length + failures.length, failures };
  }

  private async logs(): Promise<string> {
    const filters = JSON.stringify({ label: [`com.docker.swarm.service.name=${this.name}`] });
    const texts = await Promise.all(
      this.swarm.engines.all.map((engine) => logsOf(engine, `?all=1&filters=${encodeURIComponent(filters)}`)),
    );
    return texts.join("");
  }
}

async function logsOf(engine: Engine, query: string): Promise<string> {
  const containers = containersShape.parse(await engine.call("GET", `/containers/json${query}`));
  const texts = await Promise.all(
    containers.map(({ Id }) => engine.call("GET", `/containers/${Id}/logs?stdout=1&stderr=1`)),
  );
  return texts.map(String).join("");
}

import { beforeAll, describe, expect, test } from "vitest";
import { absent, addressOf, setLifecycle, terminate, until } from "./lab.js";
import { add, becomesWhole, cluster, forget, replaceInstance, workers } from "./cluster.js";
import { answersOf } from "./hooks.js";
import { Prober } from "./prober.js";
import { put, release, settled } from "./release.js";

/** "web" with one task, "api" with two. */
const { text, ports } = release({ props: { replicas: 1 } });

describe.skipIf(absent() !== undefined)("every worker replaced while it serves", () => {
  beforeAll(async () => {
    await cluster();
    await settled(await put(text));
  }, 1_000_000);

  test("a service with one task answers all along, as one with two does", async () => {
    for (const node of workers()) {
      // Asked on the worker that stays: a prober is no load balancer, which takes a VM out that is to go.
      const worker = workers().find(({ name }) => name !== node.name)!;
      const probers = ["web:80", "api:80"].map((key) => new Prober([`http://${addressOf(worker)}:${ports.get(key)}/`]));
      setLifecycle(node.name, "Terminated");
      const { seconds } = await until(
        `${node.name} answers its hook`,
        400,
        () => Promise.resolve(answersOf(node.instance)),
        (all) => all.some(({ hook, result }) => hook === "terminating" && result === "CONTINUE"),
      );
      const [one, two] = await Promise.all(probers.map((prober) => prober.stop()));
      console.log(
        `${node.name}: left after ${seconds} s; one task: ${one!.failed}/${one!.asked} failed, two: ${two!.failed}/${two!.asked}`,
        [...one!.failures, ...two!.failures],
      );
      await terminate(node.name);
      await replaceInstance(node.instance);
      forget(node.name);
      await add("core", node.zone);
      await becomesWhole();
      // A drain alone leaves a service of one task without any for seconds, which is dozens of requests. What the lab's stand-in
      // for IPVS learns late, it learns within one or two.
      for (const { failed, asked, failures } of [one!, two!])
        expect(failed / asked, failures.join("\n")).toBeLessThan(0.02);
    }
  }, 2_000_000);
});

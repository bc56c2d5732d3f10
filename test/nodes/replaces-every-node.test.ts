import { beforeAll, describe, expect, test } from "vitest";
import { absent, addressOf } from "./lab.js";
import { cluster, controls, leader, seen, workers } from "./cluster.js";
import { Prober } from "./prober.js";
import { put, release, settled } from "./release.js";
import { replace } from "./replace.js";

const { ports } = release();

describe.skipIf(absent() !== undefined)("every node replaced, one after the other", () => {
  beforeAll(async () => {
    await cluster();
    await settled(await put(release().text));
  }, 1_000_000);

  test("the managers, with the quorum kept and no request failed", async () => {
    const prober = new Prober(workers().map(({ host }) => `http://${addressOf({ host })}:${ports.get("web:80")}/`));
    let lost = 0;
    const watch = setInterval(() => {
      seen().catch(() => (lost += 1));
    }, 5000);
    for (const node of controls()) {
      const seconds = await replace(node);
      const all = await seen();
      expect(all.filter(({ manager }) => /Leader|Reachable/.test(manager))).toHaveLength(3);
      console.log(`${node.name}: left after ${seconds} s; ${(await leader()).name} leads`);
    }
    clearInterval(watch);
    const { asked, failed, failures } = await prober.stop();
    console.log(`managers replaced: ${failed}/${asked} requests failed; ${lost} times no manager answered`);
    expect(failed, failures.join("\n")).toBe(0);
    expect(lost).toBe(0);
  }, 2_000_000);

  test("the workers, drained first", async () => {
    for (const node of workers()) {
      const others = workers().filter(({ name }) => name !== node.name);
      const prober = new Prober(others.map(({ host }) => `http://${addressOf({ host })}:${ports.get("api:80")}/`));
      const seconds = await replace(node);
      const { asked, failed, failures } = await prober.stop();
      console.log(`${node.name}: left after ${seconds} s; ${failed}/${asked} requests failed`, failures);
      // The lab's stand-in for IPVS learns a moment late that a task has moved.
      expect(failed / asked, failures.join("\n")).toBeLessThan(0.02);
    }
    const all = await seen();
    expect(all.filter(({ manager }) => manager === "")).toHaveLength(2);
  }, 2_000_000);
});

import { beforeAll, describe, expect, test } from "vitest";
import { absent, addressOf, on, sleep, until } from "./lab.js";
import { cluster, leader, workers } from "./cluster.js";
import { Prober } from "./prober.js";
import { put, release, settled, status } from "./release.js";

describe.skipIf(absent() !== undefined)("a release", () => {
  const { ports } = release();
  const urls = (service: string): string[] =>
    workers().map((node) => `http://${addressOf(node)}:${ports.get(`${service}:80`)}/`);

  beforeAll(cluster, 1_000_000);

  test("is deployed in under 30 s from being put to S3", async () => {
    const start = Date.now();
    const digest = await put(release().text);
    const manager = await leader();
    const { value } = await until(
      "the services are there",
      120,
      () => on(manager.name, "docker service ls --format '{{.Name}}'"),
      (text) => text.includes("shop_web") && text.includes("shop_api"),
    );
    const seconds = (Date.now() - start) / 1000;
    console.log(`deployed after ${seconds} s: ${value.replaceAll("\n", " ")}`);
    expect(seconds).toBeLessThan(30);
    const done = await settled(digest);
    console.log(`converged after ${(Date.now() - start) / 1000} s`);
    expect(done.value).toMatchObject({
      release: { state: "converged" },
      services: { web: { running: 2 }, api: { running: 2 } },
    });
  }, 300_000);

  test("of one service rolls with no failed request on the others, and restarts none of their tasks", async () => {
    const manager = await leader();
    const tasks = "docker service ps shop_api --filter desired-state=running --format '{{.ID}}' | sort";
    const before = await on(manager.name, tasks);
    await sleep(3000);
    const others = new Prober(urls("api"));
    const own = new Prober(urls("web"));
    const digest = await put(release({ web: "v2" }).text);
    const { value, seconds } = await settled(digest);
    await sleep(3000);
    const [api, web] = [await others.stop(), await own.stop()];
    console.log(
      `rolled in ${seconds} s; api ${api.failed}/${api.asked} failed, web ${web.failed}/${web.asked} failed`,
      web.failures,
    );
    expect(value).toMatchObject({
      release: { state: "converged" },
      services: { web: { image: "registry.lf/demo:v2" } },
    });
    expect(api.failed, api.failures.join("\n")).toBe(0);
    expect(await on(manager.name, tasks)).toBe(before);
  }, 300_000);

  test.each([
    ["on every VM from now on", true, /^{"Global":/],
    ["twice again, and no longer on every VM", false, /^{"Replicated":{"Replicas":2}}$/],
  ])(
    "of a service that runs %s makes it anew, and leaves the others alone",
    async (_how, everywhere, mode) => {
      const manager = await leader();
      const others = new Prober(urls("api"));
      const digest = await put(release({ web: "v2", everywhere }).text);
      const { value, seconds } = await settled(digest);
      const api = await others.stop();
      console.log(`made anew in ${seconds} s; api ${api.failed}/${api.asked} failed`, api.failures);
      expect(value).toMatchObject({
        release: { state: "converged" },
        services: { web: { running: 2, desired: 2, image: "registry.lf/demo:v2" } },
      });
      expect(await on(manager.name, "docker service inspect shop_web --format '{{json .Spec.Mode}}'")).toMatch(mode);
      expect(api.failed, api.failures.join("\n")).toBe(0);
    },
    300_000,
  );

  test("that never gets healthy rolls back by itself, and the status says why", async () => {
    const digest = await put(release({ web: "v1", props: { args: ["sleep", "3600"] } }).text);
    const { value, seconds } = await settled(digest);
    console.log(`rolled back in ${seconds} s: ${JSON.stringify(value?.services["web"])}`);
    expect(value).toMatchObject({
      release: { state: "rolled-back" },
      services: { web: { state: "rolled-back", image: "registry.lf/demo:v2" } },
    });
    expect(value?.services["web"]?.error).toMatch(/unhealthy/);
  }, 300_000);

  test.each([
    ["cut off", (text: string) => put(text.slice(0, -40))],
    ["of another digest", (text: string) => put(text, "0".repeat(64))],
    ["of a format to come", (text: string) => put(text.replace('"version":1', '"version":2'))],
    ["of another cluster", (text: string) => put(text.replace('"cluster":"shop"', '"cluster":"other"'))],
    ["with a secret that is nowhere", () => put(release({ web: "v1", secret: "/nowhere/at-all" }).text)],
  ])(
    "that is %s changes nothing",
    async (_name, spoil) => {
      const manager = await leader();
      const look = "docker service ls -q | xargs docker service inspect --format '{{.Spec.Name}} {{.Version.Index}}'";
      const before = await on(manager.name, look);
      const digest = await spoil(release({ web: "v1" }).text);
      const { value } = await settled(digest, 90);
      expect(value).toMatchObject({
        release: { state: "refused" },
        services: { web: { running: 2 }, api: { running: 2 } },
      });
      expect(await on(manager.name, look)).toBe(before);
      console.log(value?.release.error);
    },
    200_000,
  );

  test("is taken again once it is whole", async () => {
    const digest = await put(release({ web: "v1" }).text);
    expect((await settled(digest)).value).toMatchObject({ release: { state: "converged" } });
    expect((await status())?.release.error).toBeUndefined();
  }, 300_000);
});

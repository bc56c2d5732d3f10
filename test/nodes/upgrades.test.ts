import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { absent, addressOf, on } from "./lab.js";
import { controls, deployVersion, form, leader, seen, workers } from "./cluster.js";
import { Prober } from "./prober.js";
import { put, release, settled } from "./release.js";
import { replace } from "./replace.js";
import { versionAt, whyNotAt, type Version } from "./version.js";

/** The version that clusters are upgraded from, and go back to. */
const EARLIER = "455a2a4941f1aa4e5868c600739beb6f9a5ef235";

const { ports } = release();
const lacks = absent() ?? (await whyNotAt(EARLIER));
if (lacks !== undefined) console.log(`skipped: ${lacks}`);

/** The tasks that run, by their ids. */
const tasks = async (service: string): Promise<string> => {
  const { name } = await leader();
  return on(name, `docker service ps shop_${service} --filter desired-state=running --format '{{.ID}}' | sort`);
};

const all = async (): Promise<Record<string, string>> => ({ web: await tasks("web"), api: await tasks("api") });

const probe = (service: string): Prober =>
  new Prober(workers().map((node) => `http://${addressOf(node)}:${ports.get(`${service}:80`)}/`));

async function replaceManagers(): Promise<void> {
  for (const node of controls()) await replace(node);
  expect((await seen()).filter(({ manager }) => /Leader|Reachable/.test(manager))).toHaveLength(3);
}

describe.skipIf(lacks !== undefined)("a cluster of an earlier version", () => {
  let earlier: Version;
  let running: Record<string, string>;

  beforeAll(async () => {
    earlier = await versionAt(EARLIER, [{ web: "v1" }, { web: "v2" }]);
    await deployVersion(earlier);
    await form();
    await settled(await put(earlier.releases[0]!));
    running = await all();
  }, 1_500_000);

  afterAll(() => deployVersion(undefined));

  test("takes this version's release by its old agents, and no task is restarted", async () => {
    await deployVersion(undefined);
    const { value } = await settled(await put(release({ web: "v1" }).text));
    expect(value).toMatchObject({ release: { state: "converged" } });
    expect(await all()).toEqual(running);
  }, 300_000);

  test("is upgraded manager by manager: no task is restarted, and no request fails", async () => {
    const prober = probe("api");
    await replaceManagers();
    const { asked, failed, failures } = await prober.stop();
    console.log(`managers upgraded: ${failed}/${asked} requests failed`);
    expect(failed, failures.join("\n")).toBe(0);
    expect(await all()).toEqual(running);
    expect((await settled(await put(release({ web: "v1" }).text))).value).toMatchObject({
      release: { state: "converged" },
    });
    expect(await all()).toEqual(running);
  }, 2_000_000);

  test("releases one service then, and touches no other", async () => {
    const { value } = await settled(await put(release({ web: "v2" }).text));
    expect(value).toMatchObject({ services: { web: { image: "registry.lf/demo:v2", running: 2 } } });
    expect(await tasks("api")).toBe(running["api"]);
    expect(await tasks("web")).not.toBe(running["web"]);
    running = await all();
  }, 300_000);

  test("goes back to the earlier version: no task is restarted, and that version releases on", async () => {
    await deployVersion(earlier);
    await settled(await put(earlier.releases[1]!));
    await replaceManagers();
    expect(await all()).toEqual(running);
    const { value } = await settled(await put(earlier.releases[0]!));
    expect(value).toMatchObject({ release: { state: "converged" }, services: { web: { running: 2 } } });
    expect(await tasks("api")).toBe(running["api"]);
  }, 2_000_000);
});

import { beforeAll, describe, expect, test } from "vitest";
import { absent, addressOf, aws, on, sleep, until } from "./lab.js";
import { cluster, leader, workers } from "./cluster.js";
import { Prober } from "./prober.js";
import { put, release, settled } from "./release.js";

const PARAMETER = "/shop/canary";
const IDLE = 500;

const setParameter = (value: string): Promise<string> =>
  aws("ssm", "put-parameter", "--overwrite", "--name", PARAMETER, "--type", "SecureString", "--value", value);

/** Each service and the version of its spec, as a manager says it. */
async function versions(): Promise<string[]> {
  const { name } = await leader();
  const line =
    "docker service ls -q | xargs docker service inspect --format '{{.Spec.Name}} {{.Version.Index}}' | sort";
  return (await on(name, line)).split("\n");
}

const tasks = async (service: string): Promise<string> => {
  const { name } = await leader();
  return on(name, `docker service ps shop_${service} --filter desired-state=running --format '{{.ID}}' | sort`);
};

describe.skipIf(absent() !== undefined)("a release of what changed", () => {
  beforeAll(cluster, 1_000_000);

  test("of ports alone reaches the tasks that run", async () => {
    await settled(await put(release({ routed: false }).text));
    const { value } = await settled(await put(release().text));
    expect(value).toMatchObject({ release: { state: "converged" } });
    const port = release().ports.get("web:80");
    const { seconds } = await until(
      "both tasks answer at the new port",
      120,
      async () => {
        const prober = new Prober(workers().map((node) => `http://${addressOf(node)}:${port}/`));
        await sleep(3_000);
        return prober.stop();
      },
      ({ asked, failed }) => asked > 0 && failed === 0,
    );
    console.log(`the port answers after ${seconds} s`);
  }, 300_000);

  test("that the engine refuses is taken back as a whole, with the engine's own words", async () => {
    const before = await versions();
    const refused = release({ web: "v2" }).text.replace('"API":"api:80"', '"API":"{{ .Nothing }}"');
    expect(refused).toContain("{{ .Nothing }}");
    const { value } = await settled(await put(refused));
    console.log(value?.release.error);
    expect(value?.release).toMatchObject({ state: "failed", error: expect.stringContaining("expanding env failed") });
    expect(await versions()).toEqual(before);
  }, 300_000);

  test("that was rolled back stays so when another service's secret changes", async () => {
    await setParameter("first");
    const good = { web: "v1", secret: PARAMETER, secretOf: "api" } as const;
    await settled(await put(release(good).text));
    const bad = { ...good, web: "v2", props: { args: ["sleep", "3600"] } };
    const { value } = await settled(await put(release(bad).text));
    expect(value).toMatchObject({ release: { state: "rolled-back" } });
    const [web, api] = [await tasks("web"), await tasks("api")];
    await setParameter("second");
    await until(
      "the new value is at its tasks",
      200,
      () => tasks("api"),
      (now) => now !== "" && now !== api,
    );
    await sleep(10_000);
    expect(await tasks("web")).toBe(web);
    const { name } = await leader();
    const image = await on(
      name,
      "docker service inspect shop_web --format '{{.Spec.TaskTemplate.ContainerSpec.Image}}'",
    );
    expect(image).toContain("registry.lf/demo:v1");
    await settled(await put(release().text));
  }, 600_000);

  test(`of one service among ${IDLE} changes that one`, async () => {
    const all = await settled(await put(release({ idle: IDLE }).text), 900);
    const before = await versions();
    const one = await settled(await put(release({ idle: IDLE, idleVersion: "2" }).text), 120);
    const after = await versions();
    console.log(`${IDLE} services: ${all.seconds} s; one of them: ${one.seconds} s`);
    expect(before).toHaveLength(IDLE + 2);
    expect(after.filter((line) => !before.includes(line)).map((line) => line.split(" ")[0])).toEqual([
      `shop_idle-${IDLE}`,
    ]);
    await settled(await put(release().text), 300);
  }, 1_500_000);
});

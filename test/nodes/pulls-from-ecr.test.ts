import { beforeAll, describe, expect, test } from "vitest";
import { absent, on, until } from "./lab.js";
import { cluster, leader } from "./cluster.js";
import { put, release, settled } from "./release.js";

/** A registry of ECR by its name: the lab's registry answers there, and the emulator gives the tokens. */
const HOST = "123456789012.dkr.ecr.eu-west-1.amazonaws.com";

describe.skipIf(absent() !== undefined)("an image of ECR", () => {
  beforeAll(cluster, 1_000_000);

  test("is pulled with a token that no program and no person has to hand over", async () => {
    const { text } = release({ props: { image: `${HOST}/demo:v1` } });
    const { value, seconds } = await settled(await put(text));
    console.log(`from ECR after ${seconds} s`);
    expect(value).toMatchObject({
      release: { state: "converged" },
      services: { web: { image: `${HOST}/demo:v1`, running: 2 } },
    });
    const { name } = await leader();
    expect(await on(name, "cat /run/lightfleet/config.json 2> /dev/null || echo none")).toBe("none");
  }, 300_000);

  test("gets a new token long before the old one ends, and no task is restarted for it", async () => {
    const { name } = await leader();
    const tasks = "docker service ps shop_web --filter desired-state=running --format '{{.ID}}' | sort";
    const version = "docker service inspect shop_web --format '{{.Version.Index}}'";
    const [before, old] = [await on(name, tasks), Number(await on(name, version))];
    // As if the token were seven hours old; it holds for twelve.
    await on(name, `echo "{\\"at\\": $(($(date +%s) - 25200))}" > /var/lib/lightfleet/ecr.json`);
    await until(
      "the service has a new token",
      90,
      async () => Number(await on(name, version)),
      (now) => now > old,
    );
    await until(
      "it is written down",
      30,
      () =>
        on(
          name,
          'python3 -c \'import json,time; print(time.time()-json.load(open("/var/lib/lightfleet/ecr.json"))["at"] < 300)\'',
        ),
      (text) => text === "True",
    );
    expect(await on(name, tasks)).toBe(before);
  }, 200_000);
});

import { beforeAll, describe, expect, test } from "vitest";
import { logGroup } from "../../node/logging.js";
import { absent, aws, cutAws, on, until } from "./lab.js";
import { cluster, leader, workers } from "./cluster.js";
import { put, release, settled } from "./release.js";

/** The image's own command, with a word of greeting. */
const SAYS = 'echo here it is; echo "$(cat /VERSION) $(hostname)" > /www/index.html; exec httpd -f -p 80 -h /www';

/** Names of the streams of "web", by the emulator. */
async function streams(): Promise<string[]> {
  const query = ["--query", "logStreams[].logStreamName", "--output", "text"];
  const text = await aws("logs", "describe-log-streams", "--log-group-name", logGroup("shop"), ...query);
  return text.split(/\s+/).filter((name) => name.startsWith("shop_web."));
}

describe.skipIf(absent() !== undefined)("the output of tasks", () => {
  beforeAll(async () => {
    await cluster();
    await settled(await put(release({ props: { args: ["sh", "-c", SAYS] } }).text));
  }, 1_000_000);

  test("is kept outside of the VMs, in a stream for each task, and is there by the engine as well", async () => {
    const { value } = await until("a stream for each task", 120, streams, (names) => names.length >= 2);
    console.log(`streams: ${value.join(" ")}`);
    const [first = ""] = value;
    await until(
      "events in it",
      60,
      () => aws("logs", "get-log-events", "--log-group-name", logGroup("shop"), "--log-stream-name", first),
      (text) => text.includes("here it is"),
    );
    const { name } = await leader();
    expect(await on(name, "docker service logs shop_web 2>&1")).toContain("here it is");
  }, 300_000);

  test("keeps no task from starting while AWS is away", async () => {
    const [worker] = workers();
    const healthy = (): Promise<string> =>
      on(worker!.name, "docker ps -q --no-trunc --filter name=shop_ --filter health=healthy | sort");
    const before = (await healthy()).split("\n").filter(Boolean);
    expect(before.length).toBeGreaterThan(0);
    await cutAws(true);
    try {
      await on(worker!.name, `docker kill ${before[0]}`);
      const { seconds } = await until("a new task is well", 150, healthy, (text) => {
        const now = text.split("\n").filter(Boolean);
        return now.length >= before.length && !now.includes(before[0] ?? "");
      });
      console.log(`a new task was well ${seconds} s after the old one ended, without AWS`);
    } finally {
      await cutAws(false);
    }
  }, 300_000);
});

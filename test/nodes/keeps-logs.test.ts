import { beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { logGroup } from "../../node/logging.js";
import { absent, aws, cutAws, on, until } from "./lab.js";
import { cluster, leader, workers } from "./cluster.js";
import { put, release, settled } from "./release.js";

/** What tasks of this run say, and of no other. */
const WORD = `here it is, ${Date.now()}`;
/** The image's own command after that. */
const SAYS = `echo ${WORD}; ` + 'echo "$(cat /VERSION) $(hostname)" > /www/index.html; exec httpd -f -p 80 -h /www';

/** The streams in which that was kept. */
async function kept(): Promise<string[]> {
  const text = await aws("logs", "filter-log-events", "--log-group-name", logGroup("shop"));
  const { events } = z
    .object({ events: z.array(z.object({ logStreamName: z.string(), message: z.string() })) })
    .parse(JSON.parse(text));
  return events.filter(({ message }) => message === WORD).map(({ logStreamName }) => logStreamName);
}

describe.skipIf(absent() !== undefined)("the output of tasks", () => {
  beforeAll(async () => {
    await cluster();
    await settled(await put(release({ props: { args: ["sh", "-c", SAYS] } }).text));
  }, 1_000_000);

  test("is kept outside of the VMs, in a stream for each task, and is there by the engine as well", async () => {
    const { value } = await until("what each task said", 120, kept, (streams) => new Set(streams).size >= 2);
    for (const stream of value) expect(stream).toMatch(/^shop_web\.[12]\./);
    const { name } = await leader();
    expect(await on(name, "docker service logs shop_web 2>&1")).toContain(WORD);
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

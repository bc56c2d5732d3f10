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

interface Task {
  readonly id: string;
  /** The VM that it runs on. */
  readonly node: string;
}

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
    // It also fails where a node is gone that ran an earlier task.
    expect(await on(name, "docker service logs shop_web 2>&1 || true")).toContain(WORD);
  }, 300_000);

  test("keeps no task from starting while AWS is away", async () => {
    /** The tasks that are well, on whichever VM: the engine starts a new one where it likes. */
    const healthy = async (): Promise<Task[]> => {
      const asked = workers().map(async ({ name }) => {
        const text = await on(name, "docker ps -q --no-trunc --filter name=shop_ --filter health=healthy");
        return text
          .split("\n")
          .filter(Boolean)
          .map((id) => ({ id, node: name }));
      });
      return (await Promise.all(asked)).flat();
    };
    const before = await healthy();
    const [victim] = before;
    if (victim === undefined) throw new Error("no task is well");
    await cutAws(true);
    try {
      await on(victim.node, `docker kill ${victim.id}`);
      const { seconds } = await until(
        "a new task is well",
        150,
        healthy,
        (now) => now.length >= before.length && !now.some(({ id }) => id === victim.id),
      );
      console.log(`a new task was well ${seconds} s after the old one ended, without AWS`);
    } finally {
      await cutAws(false);
    }
  }, 300_000);
});

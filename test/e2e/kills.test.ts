import { rmSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { openSandbox } from "../../sandbox/cloud.js";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { killing, type Victim } from "./killing.js";

/** Kills in each of a first apply, a change and a destroy. */
const KILLS = Number(process.env["LIGHTFLEET_KILLS"] ?? 3);
const VICTIMS: readonly Victim[] = ["engine", "provider", "lightfleet"];

const DEPLOY = ["deploy", "--sandbox", "--yes"];
const DESTROY = ["destroy", "--sandbox", "--yes"];

const absent = (await engineIsThere()) ? process.platform !== "linux" : true;

/** A random number in [0, 1), the same in each run of the tests: mulberry32. */
function randoms(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe.skipIf(absent)(`killed with SIGKILL at ${KILLS} moments each`, { timeout: 60_000 + KILLS * 120_000 }, () => {
  const counts: Record<string, { hit: number; recovered: number }> = {};
  afterAll(() => console.log(`kills: ${JSON.stringify(counts)}`));

  test("a first apply, a change and a destroy: the next run goes on, and leaves what an undisturbed one does", async () => {
    const random = randoms(Number(process.env["LIGHTFLEET_KILLS_SEED"] ?? 1));
    const dir = await project({ "main.ts": program("shop") });
    const sandbox = join(dir, ".lightfleet/sandbox");
    const version = (image: string): Promise<void> =>
      writeFile(join(dir, "main.ts"), program("shop", { image, size: image === "web:1" ? 1 : 2 }));
    const objects = (): number =>
      openSandbox(dir)
        .inventory("shop")
        .objects.filter(({ automatic }) => automatic !== true).length;
    /** As before any deploy, but that the engine needs no other init. */
    const empty = (): void => {
      for (const name of ["store", "locks"]) rmSync(join(sandbox, name), { recursive: true, force: true });
      for (const name of ["", ".backup"])
        rmSync(join(sandbox, `clusters/shop/terraform.tfstate${name}`), { force: true });
    };
    const first = await killing(dir, DEPLOY, "engine", Infinity);
    const whole = objects();
    expect(whole).toBeGreaterThan(20);
    const failures: string[] = [];
    const trial = async (
      what: string,
      args: string[],
      round: number,
      settled: () => Promise<boolean>,
    ): Promise<void> => {
      const victim = VICTIMS[round % VICTIMS.length]!;
      const at = Math.round(random() * first.applied);
      const { hit } = await killing(dir, args, victim, at);
      const next = await cliJson(dir, args);
      const count = (counts[`${what}, ${victim}`] ??= { hit: 0, recovered: 0 });
      const recovered = next.exitCode === 0 && (await settled());
      if (hit) count.hit++;
      if (hit && recovered) count.recovered++;
      if (!recovered) failures.push(`${what}, ${victim} killed after ${at} ms: ${next.stdout.slice(0, 2_000)}`);
    };
    /** A plan costs as much as all else: every fourth time is enough. */
    const isClean = async (round: number): Promise<boolean> =>
      round % 4 !== 0 || (await cliJson(dir, ["diff", "--sandbox"])).document["changes"] === false;
    for (let round = 0; round < KILLS; round++) {
      await version("web:1");
      empty();
      await trial("first apply", DEPLOY, round, async () => objects() === whole && (await isClean(round)));
      await version("web:2");
      await trial("change", DEPLOY, round, async () => objects() === whole && (await isClean(round)));
      await trial("destroy", DESTROY, round, async () => objects() === 0);
    }
    expect(failures).toEqual([]);
  });
});

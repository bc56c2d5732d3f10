import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { readRelease } from "../../../stacks/aws/plan/read-back.js";
import { acceptedPart } from "../../program/accepted.js";
import { anyProgram } from "../../program/any-program.js";
import { clear, hold } from "./hold.js";
import { onEngines } from "./on-engines.js";

/**
 * What the language takes, an engine must take, and all that was written must arrive. Random programs of the whole language,
 * with names of each length, texts of all of Unicode and sizes at their edges, are synthesized, released by the programs of
 * VMs, and looked up in the engine. More of them, or others: `npm run test:engine -- --models 2000 --seed 7`.
 */
const MODELS = Number(process.env["LIGHTFLEET_TEST_MODELS"] ?? 60);
const SEED = Number(process.env["LIGHTFLEET_TEST_SEED"] ?? 20_261_130);
/** Released one after another, and looked at together: their tasks start at the same time. */
const BATCH = 8;
const IMAGE = "10.211.0.1:5001/demo:1";

const programs = fc
  .sample(anyProgram(IMAGE), { seed: SEED, numRuns: MODELS })
  .flatMap((program) => acceptedPart(program) ?? []);

onEngines("random programs", 1, (swarm) => {
  beforeAll(async () => {
    if (swarm() === undefined) return;
    expect(await swarm().registry.push(swarm().manager, "demo", "1")).toBe(IMAGE);
    await swarm().label((await swarm().nodes())[0]!, "core");
  });

  test("an engine takes what the language takes, and all arrives as it was written", async () => {
    const problems: string[] = [];
    let fields = 0;
    let containers = 0;
    for (let start = 0; start < programs.length; start += BATCH) {
      const batch = programs.slice(start, start + BATCH);
      const held = await Promise.all(
        batch.map(({ program, written }) =>
          hold(
            swarm(),
            program,
            readRelease(JSON.parse(written.files.document), () => "x"),
          ),
        ),
      );
      held.forEach((one, index) => {
        fields += one.fields;
        if (one.ran) containers++;
        problems.push(...one.problems.map((problem) => `program ${start + index}: ${problem}`));
      });
      await clear(
        swarm(),
        batch.map(({ program }) => program.cluster),
      );
    }
    const refused = programs.reduce((sum, one) => sum + one.refused, 0);
    console.log(
      `${programs.length} random programs on Docker ${swarm().version}: ${fields} fields, ${containers} of the services in containers; ` +
        `the language refused ${refused} values and ${MODELS - programs.length} whole programs (seed ${SEED})`,
    );
    expect(problems).toEqual([]);
  }, 3_600_000);
});

import { afterAll, beforeAll, beforeEach, describe } from "vitest";
import { CURRENT, DEBIAN, whyNot, type Surroundings } from "../swarm-daemons.js";
import { whyNoRegistry } from "./registry.js";
import { Swarm } from "./swarm.js";

/**
 * Tests on a swarm of each engine: Debian's, and a current one. Where one cannot be, they are skipped with the reason.
 * @param subject what the tests are about
 * @param size how many nodes
 * @param managers how many of them manage
 */
export function onEngines(
  subject: string,
  size: number,
  tests: (swarm: () => Swarm) => void,
  managers = 1,
  surroundings: Surroundings = {},
): void {
  for (const installation of [DEBIAN, CURRENT]) {
    const absent = whyNot(installation) ?? whyNoRegistry(installation);
    const name = `${subject}, on ${installation.name}`;
    if (absent !== undefined) console.warn(`skipped: ${name}: ${absent}`);
    describe.skipIf(absent !== undefined)(name, () => {
      let swarm: Swarm | undefined;
      let unable: string | undefined;
      beforeAll(async () => {
        try {
          swarm = await Swarm.start(installation, size, managers, surroundings);
        } catch (error) {
          unable = `no engine starts here: ${String(error)}`;
          console.warn(`skipped: ${name}: ${unable}`);
        }
      });
      afterAll(() => swarm?.stop());
      beforeEach(({ skip }) => {
        skip(unable !== undefined, unable);
      });
      tests(() => swarm!);
    });
  }
}

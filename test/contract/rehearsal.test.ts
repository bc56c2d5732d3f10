import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declare, shopSketch, type ShopSketch } from "../program/shop.js";
import { synthesize } from "../program/synthesize.js";
import { changes } from "./changes.js";
import { outline, rehearsed } from "./rehearsal.js";
import type { RunningProvider } from "./running-provider.js";
import { startSandboxProvider } from "./sandbox-provider.js";

/** A rehearsal against the real engine with the sandbox's provider: a few changes that touch all that the engine adds. */
const NAMES = [
  "nothing",
  "rename a path, and another route with it",
  "a gateway becomes internal",
  "one zone for another",
  "address range",
  "everything at once",
];

describe("a rehearsal is what the engine plans", () => {
  let sandbox: RunningProvider;
  beforeAll(async () => void (sandbox = await startSandboxProvider()), 300_000);
  afterAll(() => sandbox.close());

  const states = new Map<string, Promise<string>>();
  const applied = (document: string): Promise<string> => {
    const state =
      states.get(document) ??
      startSandboxProvider().then((alone) => alone.apply(document).finally(() => alone.close()));
    states.set(document, state);
    return state;
  };

  it.concurrent.for(changes.filter(({ name }) => (process.env["ALL"] ? true : NAMES.includes(name))))(
    "$name",
    { timeout: 300_000 },
    async ({ from, make, known }, { skip }) => {
      const write = (...steps: readonly ((shop: ShopSketch) => void)[]): string => {
        const sketch = shopSketch();
        for (const step of steps) step(sketch);
        return synthesize((app) => declare(app, sketch)).files.document;
      };
      if (known !== undefined) return skip(known);
      const first = from === undefined ? [] : [from];
      const [before, after] = [write(...first), write(...first, make)];
      const engine = await sandbox.plan(after, await applied(before));
      expect(outline(rehearsed(before, after))).toEqual(outline(engine));
    },
  );
});

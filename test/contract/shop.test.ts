import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examples } from "../program/examples.js";
import { declare, shopSketch } from "../program/shop.js";
import { synthesize } from "../program/synthesize.js";
import { differences } from "./differences.js";
import type { Plan } from "./plan.js";
import { startRealProvider, whyNoRealProvider } from "./real-provider.js";
import type { RunningProvider } from "./running-provider.js";
import { startSandboxProvider } from "./sandbox-provider.js";

if (whyNoRealProvider !== undefined) console.log(`skipped: ${whyNoRealProvider}`);

describe("the sketch of the shop", () => {
  it("declares the shop of the examples, to the byte", async () => {
    const shop = examples.find(({ name }) => name === "shop");
    const { files } = synthesize((app) => declare(app, shopSketch()));
    expect(files).toEqual((await shop?.run())?.files);
  });
});

describe.skipIf(whyNoRealProvider !== undefined).each(examples)(
  "the real provider, asked about the example $name",
  ({ run }) => {
    const running: RunningProvider[] = [];
    let document: string;
    let plans: { readonly real: Plan; readonly sandbox: Plan };
    beforeAll(async () => {
      ({ document } = (await run()).files);
      running.push(await startRealProvider(), await startSandboxProvider());
      const [real, sandbox] = await Promise.all(running.map((provider) => provider.plan(document)));
      plans = { real: real!, sandbox: sandbox! };
    });
    afterAll(async () => {
      await Promise.all(running.map((provider) => provider.close()));
    });

    it("finds it valid", async () => {
      await running[0]?.validate(document);
    });

    it("creates what the sandbox creates", () => {
      expect(plans.real.actions).toEqual(plans.sandbox.actions);
      expect(new Set(plans.real.actions.map(([, action]) => action))).toEqual(new Set(["create"]));
    });

    it("plans every value as the sandbox does, and knows the same ones", () => {
      expect(differences(plans.real, plans.sandbox)).toEqual([]);
    });
  },
);

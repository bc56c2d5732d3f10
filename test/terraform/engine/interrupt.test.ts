import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apply } from "../../../terraform/apply.js";
import type { EngineEvent } from "../../../terraform/events.js";
import { init } from "../../../terraform/init.js";
import { plan } from "../../../terraform/plan.js";
import { listState } from "../../../terraform/state.js";
import { engineIsThere, workspace } from "../workspace.js";

const config = {
  resource: {
    terraform_data: {
      first: { input: "1" },
      slow: { depends_on: ["terraform_data.first"], provisioner: [{ "local-exec": { command: "sleep 1" } }] },
      after: { depends_on: ["terraform_data.slow"] },
    },
  },
};

describe.skipIf(!(await engineIsThere()))("an interrupted engine", () => {
  test("finishes what it is at, keeps the state, and leaves no lock", async () => {
    const abort = new AbortController();
    const context = await workspace(config);
    await init(context);
    await plan(context, { out: "p" });
    const onEvent = (event: EngineEvent): void => {
      if (event.type === "apply_start" && event.resource.name === "slow") abort.abort();
    };
    const interrupted = apply({ ...context, signal: abort.signal, onEvent }, "p");
    await expect(interrupted).rejects.toMatchObject({ code: "LF071", kind: "aborted" });
    expect(existsSync(join(context.cwd, ".terraform.tfstate.lock.info"))).toBe(false);
    const addresses = await listState(context);
    expect(addresses).toContain("terraform_data.first");
    expect(addresses).not.toContain("terraform_data.after");
    expect(await plan(context, { out: "p" })).toMatchObject({ changes: true });
  });

  test("is not even started once the interrupt is there", async () => {
    const context = { ...(await workspace(config)), signal: AbortSignal.abort() };
    await expect(init(context)).rejects.toMatchObject({ code: "LF071" });
    expect(existsSync(join(context.cwd, ".terraform"))).toBe(false);
  });
});

import { expect, test } from "vitest";
import { applyArgs } from "../../terraform/apply.js";
import { destroyArgs } from "../../terraform/destroy.js";
import { engineEnv } from "../../terraform/env.js";
import { initArgs } from "../../terraform/init.js";
import { outputArgs } from "../../terraform/output.js";
import { planArgs } from "../../terraform/plan.js";
import { showArgs } from "../../terraform/show.js";
import { forceUnlockArgs, stateListArgs, statePullArgs } from "../../terraform/state.js";
import { validateArgs } from "../../terraform/validate.js";
import { versionArgs } from "../../terraform/version.js";

test("each subcommand asks nothing, colours nothing, and speaks JSON where it can", () => {
  expect(versionArgs()).toEqual(["version", "-json"]);
  expect(initArgs()).toEqual(["init", "-input=false", "-no-color"]);
  expect(initArgs({ upgrade: true, reconfigure: true }, true)).toEqual([
    ...["init", "-input=false", "-no-color", "-json", "-upgrade", "-reconfigure"],
  ]);
  expect(validateArgs()).toEqual(["validate", "-no-color", "-json"]);
  expect(showArgs("p.tfplan")).toEqual(["show", "-no-color", "-json", "p.tfplan"]);
  expect(applyArgs("p.tfplan")).toEqual(["apply", "-input=false", "-no-color", "-json", "p.tfplan"]);
  expect(applyArgs("p", { lockTimeout: "5s", parallelism: 20 }).slice(4)).toEqual([
    ...["-lock-timeout=5s", "-parallelism=20", "p"],
  ]);
  expect(destroyArgs()).toEqual(["destroy", "-input=false", "-no-color", "-json", "-auto-approve"]);
  expect(outputArgs()).toEqual(["output", "-no-color", "-json"]);
  expect(stateListArgs()).toEqual(["state", "list", "-no-color"]);
  expect(statePullArgs()).toEqual(["state", "pull", "-no-color"]);
  expect(forceUnlockArgs("id")).toEqual(["force-unlock", "-no-color", "-force", "id"]);
});

test("a plan is always saved, and takes options in a fixed order", () => {
  const base = ["plan", "-input=false", "-no-color", "-json", "-detailed-exitcode", "-out=p"];
  expect(planArgs({ out: "p" })).toEqual(base);
  expect(planArgs({ out: "p", refresh: true, destroy: false })).toEqual(base);
  expect(planArgs({ out: "p", destroy: true, refresh: false, lockTimeout: "5s", targets: ["a.b", "c.d"] })).toEqual([
    ...[...base, "-destroy", "-refresh=false", "-lock-timeout=5s", "-target=a.b", "-target=c.d"],
  ]);
  expect(planArgs({ out: "p", refreshOnly: true })).toEqual([...base, "-refresh-only"]);
});

test("no arguments are slipped in by the environment", () => {
  const env = engineEnv({ TF_CLI_ARGS: "-json", TF_CLI_ARGS_plan: "-destroy", TF_LOG: "INFO", HOME: "/h" });
  expect(env).toEqual({ TF_LOG: "INFO", HOME: "/h", TF_IN_AUTOMATION: "1", TF_INPUT: "0", CHECKPOINT_DISABLE: "1" });
});

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { apply } from "../../../terraform/apply.js";
import { destroy } from "../../../terraform/destroy.js";
import type { EngineEvent } from "../../../terraform/events.js";
import { init } from "../../../terraform/init.js";
import { outputs } from "../../../terraform/output.js";
import { plan } from "../../../terraform/plan.js";
import { showPlan } from "../../../terraform/show.js";
import { forceUnlock, listState, pullState } from "../../../terraform/state.js";
import { summarize } from "../../../terraform/summary.js";
import { validate } from "../../../terraform/validate.js";
import { engineIsThere, workspace } from "../workspace.js";
import { awsClassifier } from "../../../stacks/aws/plan/classifier.js";

const config = (input: string, trigger: string, more: object = {}) => ({
  resource: { terraform_data: { a: { input }, b: { input: 1, triggers_replace: trigger }, ...more } },
  output: { shown: { value: "${terraform_data.a.output}" }, hidden: { value: "s3cret", sensitive: true } },
});

describe.skipIf(!(await engineIsThere()))("with the real engine", () => {
  test("a root module goes from nothing to something, changes, and goes away", async () => {
    const events: EngineEvent[] = [];
    const context = {
      ...(await workspace(config("x", "1"))),
      onEvent: (event: EngineEvent) => void events.push(event),
    };
    await init(context);
    expect(await listState(context)).toEqual([]);
    expect(await validate(context)).toEqual({ valid: true, diagnostics: [] });

    expect(await plan(context, { out: "p.tfplan" })).toMatchObject({ changes: true });
    expect(summarize(await showPlan(context, "p.tfplan"), awsClassifier).counts).toMatchObject({
      create: 2,
      destroy: 0,
    });
    await apply(context, "p.tfplan");
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "apply_complete",
        action: "create",
        resource: expect.objectContaining({ address: "terraform_data.a" }),
      }),
    );
    expect(events).toContainEqual({
      type: "change_summary",
      operation: "apply",
      add: 2,
      change: 0,
      remove: 0,
      import: 0,
    });
    expect(events.findLast((event) => event.type === "outputs")).toEqual({
      type: "outputs",
      outputs: { shown: { sensitive: false, value: "x" }, hidden: { sensitive: true } },
    });
    expect(await outputs(context)).toMatchObject({
      shown: { value: "x" },
      hidden: { value: "s3cret", sensitive: true },
    });
    expect(await listState(context)).toEqual(["terraform_data.a", "terraform_data.b"]);
    expect(JSON.parse(await pullState(context))).toMatchObject({ version: 4 });

    expect(await plan(context, { out: "p.tfplan" })).toMatchObject({ changes: false });
    await writeFile(join(context.cwd, "cdk.tf.json"), JSON.stringify(config("y", "2")));
    expect(await plan(context, { out: "p.tfplan", refresh: false })).toMatchObject({ changes: true });
    const summary = summarize(await showPlan(context, "p.tfplan"), awsClassifier);
    expect(summary.changes).toMatchObject([
      {
        address: "terraform_data.b",
        action: "replace",
        forcedBy: ["triggers_replace"],
        reason: "cannot be changed in place",
      },
      {
        address: "terraform_data.a",
        action: "update",
        attributes: [
          { path: "input", before: "x", after: "y" },
          { path: "output", unknown: true },
        ],
      },
    ]);
    expect(summary.outputs).toEqual(["shown"]);

    expect(await plan(context, { out: "d.tfplan", destroy: true })).toMatchObject({ changes: true });
    expect(summarize(await showPlan(context, "d.tfplan"), awsClassifier).counts).toMatchObject({
      destroy: 2,
      create: 0,
    });
    await destroy(context);
    expect(await listState(context)).toEqual([]);
  });

  test("only the plan that was saved is applied, and not once the state has moved on", async () => {
    const context = await workspace(config("x", "1"));
    await init(context);
    await plan(context, { out: "one.tfplan" });
    await plan(context, { out: "two.tfplan" });
    await apply(context, "one.tfplan");
    await expect(apply(context, "two.tfplan")).rejects.toMatchObject({ code: "LF068", findings: [{ code: "LF068" }] });
  });

  test("a target restricts a plan", async () => {
    const context = await workspace(config("x", "1"));
    await init(context);
    const { diagnostics } = await plan(context, { out: "p", targets: ["terraform_data.b"] });
    expect(diagnostics.map((diagnostic) => diagnostic.severity)).toContain("warning");
    expect(summarize(await showPlan(context, "p"), awsClassifier).changes.map((change) => change.address)).toEqual([
      "terraform_data.b",
    ]);
  });

  test("an error names the resource", async () => {
    const failing = { c: { provisioner: [{ "local-exec": { command: "exit 7" } }] } };
    const context = await workspace(config("x", "1", failing));
    await init(context);
    await plan(context, { out: "p" });
    const events: EngineEvent[] = [];
    const failed = apply({ ...context, onEvent: (event) => void events.push(event) }, "p");
    await expect(failed).rejects.toMatchObject({ code: "LF068", findings: [{ path: "terraform_data.c" }] });
    expect(events.map((event) => event.type)).toContain("apply_errored");
  });

  test("a broken configuration is a finding of validate, and an error of plan", async () => {
    const context = await workspace({ resource: { terraform_data: { a: { nope: 1 } } } });
    await init(context);
    const { valid, diagnostics } = await validate(context);
    expect(valid).toBe(false);
    expect(diagnostics).toMatchObject([{ severity: "error", file: "cdk.tf.json", line: 1 }]);
    await expect(plan(context, { out: "p" })).rejects.toMatchObject({ code: "LF068", kind: "external" });
  });

  test("what init has to say about a wrong backend reaches the error", async () => {
    const context = await workspace({ terraform: { backend: { nope: {} } } });
    await expect(init(context)).rejects.toMatchObject({ code: "LF068", findings: [{ code: "LF068" }] });
    const old = { ...context, engine: { ...context.engine, version: "1.5.0" } };
    await expect(init(old)).rejects.toMatchObject({ code: "LF068", message: expect.stringContaining("nope") });
  });

  test("a subcommand that fails in prose keeps the end of it", async () => {
    const context = await workspace({});
    await init(context);
    await expect(showPlan(context, "none.tfplan")).rejects.toMatchObject({
      code: "LF068",
      message: expect.stringMatching(/none\.tfplan/),
    });
    await expect(forceUnlock(context, "0000")).rejects.toMatchObject({ code: "LF068" });
  });
});

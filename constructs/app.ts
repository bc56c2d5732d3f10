import { chmodSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import * as cdktf from "cdktf";
import type { Rule } from "../checks/rule.js";
import { describePolicy, POLICY_RULES, type PolicyModel } from "../model/policy.js";
import type { Cluster } from "./cluster.js";
import { Border } from "./props-validator.js";
import { isCluster } from "./element.js";
import { choice, flag, list, method, options, text } from "./shape.js";
import { pathOf } from "./shown-path.js";
import { showValue } from "./show.js";
import { findHost, type Draft } from "./host.js";
import { problemsOf, report, throwProblems } from "./diagnostics.js";
import type { PreviewAcceptance, PreviewOptions, PreviewRule } from "./policy.js";
import { refuseShared } from "./shared.js";
import { capture, trace } from "./source.js";
import { modelFile } from "./synthesizer.js";

/** Options of an {@link App}. */
export interface AppProps {
  /** Folder that is written to. @default the `CDKTF_OUTDIR` of the environment, else "cdktf.out" */
  readonly outdir?: string;
}

const APP = options<AppProps>("an app", { outdir: text("a folder") });
const severity = choice("error", "warning", "note");
const RULE = options<Rule>(
  "a rule",
  {
    "code!": text("a code, as in ACME1"),
    "severity!": severity,
    inProduction: severity,
    ofAccount: flag,
    "title!": text(),
    "why!": text(),
    "fix!": text(),
    "check!": method,
  },
  true,
);
const previewRule = options<PreviewRule>("a preview's rule", { "rule!": choice(...POLICY_RULES), "of!": text() });
const PREVIEW = options<PreviewOptions>("preview()", {
  "block!": list(previewRule),
  accept: list(
    options<PreviewAcceptance>("an acceptance", { "rule!": previewRule, on: text("an id"), "reason!": text() }),
  ),
});

/** A program: one cluster or several. */
export class App extends cdktf.App {
  private readonly rules: Rule[] = [];
  private readonly policies: PolicyModel[] = [];
  private readonly declared = capture(App as unknown as (...args: never[]) => unknown);

  constructor(props: AppProps = {}) {
    const given = typeof props === "object" && typeof props?.outdir === "string" ? props.outdir : undefined;
    const outdir = given ?? process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
    mkdirSync(outdir, { recursive: true });
    super({ outdir });
    new Border(this, this.declared).read(APP, props);
  }

  /**
   * Adds a rule of your own to the checks of `lightfleet check`, `synth` and `deploy`.
   * @param rule its code is letters and digits, as in `ACME1`, and does not start with `LF`
   */
  addRule(rule: Rule): this {
    const at = capture(this.addRule as (...args: never[]) => unknown);
    const border = new Border(this, at);
    const { code, check } = border.read(RULE, rule, "rule");
    if (code === undefined || check === undefined) return this;
    if (!/^[A-Z]{2,12}[0-9]{1,5}$/.test(rule.code) || rule.code.startsWith("LF"))
      report(
        this,
        at,
        "LF018",
        `the code of the rule (${showValue(rule.code)}) must be capitals and digits, as in "ACME1", and not start with "LF"`,
      );
    else if (this.rules.some(({ code }) => code === rule.code))
      report(this, at, "LF002", `the code "${rule.code}" is used by two rules`, "codes are names: give each its own");
    else this.rules.push(rule);
    return this;
  }

  /**
   * Says what blocks a change in `lightfleet preview`, as in `app.preview({ block: [replaces("stateful"), opensEdge("public")] })`.
   * A rule that a change takes out still holds for that change.
   * @param options what blocks, and what may pass with a reason
   */
  preview(options: PreviewOptions): this {
    const at = capture(this.preview as (...args: never[]) => unknown);
    const { block = [], accept = [] } = new Border(this, at).read(PREVIEW, options, "preview()");
    for (const { rule, reason } of accept)
      if (reason.trim() === "")
        report(this, at, "LF018", `what passes ${describePolicy(rule)} needs a reason`, "every preview shows it");
    this.policies.push({
      block: [...block],
      accept: accept.map(({ rule, on, reason }) => ({
        rule: describePolicy(rule),
        ...(on !== undefined && { on }),
        reason: reason.trim(),
      })),
    });
    return this;
  }

  /**
   * Checks all that was declared, and writes for each cluster its model and its Terraform JSON.
   * @throws LF040 with everything that is wrong with the program; nothing is written then
   */
  override synth(): void {
    const clusters = this.node.findAll().filter(isCluster);
    for (const cluster of clusters) {
      if (clusters.find(({ name }) => name === cluster.name) !== cluster)
        cluster.refuse("LF002", `the id "${cluster.name}" is used twice`, "ids are names: give each its own");
      void cluster.model;
    }
    refuseShared(clusters);
    if (clusters.length === 0 && problemsOf(this).length === 0)
      report(this, this.declared, "LF019", "the App has no Cluster", 'declare one: new Cluster(app, "shop", { … })');
    throwProblems(this);
    const host = findHost();
    host?.drafted?.({ clusters: clusters.map(draftOf), rules: [...this.rules], policies: [...this.policies] });
    this.writePrivately();
    host?.synthesized({
      outdir: this.outdir,
      clusters: clusters.map(({ name }) => ({
        id: name,
        stackDir: join("stacks", name),
        modelFile: modelFile(name),
      })),
    });
  }

  /** Writes for the owner alone: what is written holds the values of variables and files. */
  private writePrivately(): void {
    mkdirSync(this.outdir, { recursive: true, mode: 0o700 });
    chmodSync(this.outdir, 0o700);
    // A worker has no mask of its own; the folder is closed all the same.
    const mask = isMainThread ? process.umask(0o077) : undefined;
    try {
      super.synth();
    } finally {
      if (mask !== undefined) process.umask(mask);
    }
  }
}

function draftOf(cluster: Cluster): Draft["clusters"][number] {
  const from = process.cwd();
  return {
    model: cluster.model,
    locate: (on, edge) => {
      const element = on === null ? undefined : cluster.find(on);
      const source = trace(element?.declaredAt(edge) ?? cluster.declared, from);
      return { path: pathOf(element ?? cluster), ...(source && { source }) };
    },
  };
}

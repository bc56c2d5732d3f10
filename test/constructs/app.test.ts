import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { App, external, Gateway, LightfleetError, type Rule } from "lightfleet";
import type { Draft, SynthesisReport } from "../../constructs/host.js";
import { small } from "../program/small.js";
import { errorOf, findingsOf, synthesize, withOutput } from "../program/synthesize.js";

const HOST = Symbol.for("lightfleet.host");

/** Stands in for the command that runs a program. */
class RecordingHost {
  readonly drafts: Draft[] = [];
  readonly documents: Readonly<Record<string, unknown>>[] = [];
  readonly reports: SynthesisReport[] = [];

  constructor(
    private readonly objection?: Error,
    private readonly to: "draft" | "product" = "draft",
  ) {
    Reflect.set(globalThis, HOST, this);
    onTestFinished(() => {
      Reflect.deleteProperty(globalThis, HOST);
    });
  }

  drafted(draft: Draft): void {
    this.drafts.push(draft);
    if (this.to === "draft") this.object();
  }

  produced(_cluster: string, document: Readonly<Record<string, unknown>>): void {
    this.documents.push(document);
    if (this.to === "product") this.object();
  }

  private object(): void {
    if (this.objection !== undefined) throw this.objection;
  }

  synthesized(report: SynthesisReport): void {
    this.reports.push(report);
  }
}

const rule = (code: string): Rule => ({
  code,
  severity: "warning",
  title: "a title",
  why: "a reason",
  fix: "a fix",
  check: () => [],
});

describe("the command that runs a program", () => {
  test("is told what is declared, where, and what was written", () => {
    const host = new RecordingHost();
    withOutput((outdir) => {
      const app = new App({ outdir });
      const { service } = small(app);
      service.uses(external("db.example.com", 5432), { as: "DB" });
      app.addRule(rule("ACME1")).synth();
      expect(host.reports).toEqual([
        { outdir, clusters: [{ id: "shop", stackDir: join("stacks", "shop"), modelFile: join("shop", "model.json") }] },
      ]);
    });
    expect(host.documents[0]).toHaveProperty("resource.aws_vpc.cluster");
    const [draft] = host.drafts;
    const [cluster] = draft!.clusters;
    expect(draft?.rules.map(({ code }) => code)).toEqual(["ACME1"]);
    expect(cluster?.model.cluster).toBe("shop");
    expect(cluster?.locate(null)).toMatchObject({ path: "shop", source: { file: "test/program/small.ts" } });
    expect(cluster?.locate("web")).toMatchObject({ path: "shop/web", source: { file: "test/program/small.ts" } });
    expect(cluster?.locate("web", "DB")).toMatchObject({
      path: "shop/web",
      source: { file: "test/constructs/app.test.ts" },
    });
    expect(cluster?.locate("nothing")).toMatchObject({ path: "shop" });
  });

  test.each(["draft", "product"] as const)("may object to the %s, and nothing of it is written then", (to) => {
    const objection = new LightfleetError("no", { code: "LF059", kind: "config" });
    new RecordingHost(objection, to);
    withOutput((outdir) => {
      const app = new App({ outdir });
      small(app);
      expect(
        errorOf(() => {
          app.synth();
        }),
      ).toBe(objection);
      expect(existsSync(join(outdir, "shop"))).toBe(false);
      expect(existsSync(join(outdir, "stacks", "shop", "cdk.tf.json"))).toBe(false);
    });
  });
});

describe("rules of a program's own", () => {
  test.each(["LF1", "acme", "ACME", "1", "ACME-1"])("cannot be called '%s'", (code) => {
    expect(findingsOf((app) => void small(app.addRule(rule(code)) && app))).toMatchObject([
      { code: "LF018", source: { file: "test/constructs/app.test.ts" } },
    ]);
  });

  test("have a code each", () => {
    expect(findingsOf((app) => void small(app.addRule(rule("ACME1")).addRule(rule("ACME1")) && app))).toMatchObject([
      { code: "LF002" },
    ]);
  });
});

describe("acknowledgements", () => {
  test("stand in the model by what they are for and by code, with their reasons", () => {
    const { model } = synthesize((app) => {
      const { cluster, fleet, service } = small(app);
      service.acknowledge("LF502", " it is a cache ").acknowledge("LF204", "it is small");
      fleet.acknowledge("LF301", "one is enough");
      cluster.acknowledge("ACME1", "everywhere");
    });
    expect(model.acknowledged).toEqual([
      { code: "ACME1", on: null, reason: "everywhere" },
      { code: "LF301", on: "core", reason: "one is enough" },
      { code: "LF204", on: "web", reason: "it is small" },
      { code: "LF502", on: "web", reason: "it is a cache" },
    ]);
  });

  test.each([
    ["a code that is none", "LF", "because", "LF018"],
    ["no reason", "LF204", "  ", "LF018"],
  ])("are refused for %s", (_, code, reason, expected) => {
    expect(findingsOf((app) => void small(app).service.acknowledge(code, reason))).toMatchObject([
      { code: expected, path: "shop/web", source: { file: "test/constructs/app.test.ts" } },
    ]);
  });

  test("are refused where they are given twice, or too late", () => {
    const twice = findingsOf((app) => void small(app).service.acknowledge("LF204", "a").acknowledge("LF204", "b"));
    expect(twice.map(({ code }) => code)).toEqual(["LF015"]);
    const late = findingsOf((app) => {
      const { cluster, service } = small(app);
      void cluster.model;
      service.acknowledge("LF204", "a");
    });
    expect(late.map(({ code }) => code)).toEqual(["LF023"]);
  });
});

test("an output folder is made, however deep", () => {
  withOutput((outdir) => {
    const app = new App({ outdir: join(outdir, "a", "b") });
    small(app);
    app.synth();
    expect(existsSync(join(outdir, "a", "b", "shop", "model.json"))).toBe(true);
  });
});

test("a construct that stands in no cluster offers no reference", () => {
  withOutput((outdir) => {
    const app = new App({ outdir });
    const { service } = small(app, { gateway: false });
    expect(new Gateway(app, "public", { routes: { "/": service } }).dnsName).toBe("");
  });
});

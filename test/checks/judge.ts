import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, aws, Cluster, type ClusterProps } from "lightfleet";
import { describe, expect, test } from "vitest";
import { runChecks, type CheckFinding, type CheckReport } from "../../checks/run.js";
import { RULES } from "../../checks/registry.js";
import type { Draft } from "../../constructs/host.js";
import type { SourceLocation } from "../../errors/error.js";
import type { Lock } from "../../model/lock.js";
import type { Model } from "../../model/schema.js";

const HOST = Symbol.for("lightfleet.host");

class Drafted extends Error {}

export interface Judgement {
  readonly reports: readonly CheckReport[];
  readonly models: readonly Model[];
  /** What was found by a rule. */
  of(code: string): CheckFinding[];
  /** Lines of the program that a rule's findings point at, in order. */
  linesOf(code: string): number[];
}

export interface Conditions {
  readonly today?: string;
  readonly lock?: Lock;
  readonly cluster?: Partial<ClusterProps>;
}

/** Runs a program up to where it would write, and checks what it declared. */
export function judgeApp(declare: (app: App) => void, { today = "2026-11-24", lock }: Conditions = {}): Judgement {
  const outdir = mkdtempSync(join(tmpdir(), "lightfleet-checks-"));
  let draft: Draft | undefined;
  const host = {
    drafted: (given: Draft) => {
      draft = given;
      throw new Drafted();
    },
    synthesized: () => undefined,
  };
  Reflect.set(globalThis, HOST, host);
  try {
    const app = new App({ outdir });
    declare(app);
    app.synth();
  } catch (error) {
    if (!(error instanceof Drafted)) throw error;
  } finally {
    Reflect.deleteProperty(globalThis, HOST);
    rmSync(outdir, { recursive: true, force: true });
  }
  const { clusters, rules } = draft!;
  const models = clusters.map(({ model }) => model);
  const judged = clusters.map(({ model, locate }) => ({
    locate,
    report: runChecks({ model, siblings: models.filter((other) => other !== model), today, lock: lock ?? null }, [
      ...RULES,
      ...rules,
    ]),
  }));
  const sources = (code: string): (SourceLocation | undefined)[] =>
    judged.flatMap(({ report, locate }) =>
      report.findings
        .filter((finding) => finding.code === code)
        .flatMap(({ places }) => places.map(({ on, edge }) => locate(on, edge).source)),
    );
  return {
    models,
    reports: judged.map(({ report }) => report),
    of: (code) => judged.flatMap(({ report }) => report.findings.filter((finding) => finding.code === code)),
    linesOf: (code) => sources(code).map((source) => source?.line ?? 0),
  };
}

/** The same for a program of one cluster, which is declared already. */
export function judge(declare: (cluster: Cluster) => void, conditions: Conditions = {}): Judgement {
  return judgeApp((app) => {
    declare(new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 3 }), ...conditions.cluster }));
  }, conditions);
}

/** The lines of a test file that end in a comment with this mark: `// <- LF101 a`. */
export function marked(file: string, mark: string): number[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, index) => (line.endsWith(`// <- ${mark}`) ? [index + 1] : []));
}

/** Three programs about one rule. */
export interface Trial {
  readonly breaks: (cluster: Cluster) => void;
  /** The same program, put right. */
  readonly fixed: (cluster: Cluster) => void;
  /** One that is close to breaking the rule, and right. */
  readonly near: (cluster: Cluster) => void;
  readonly conditions?: Conditions;
}

/** Tests that a rule finds what breaks it, at the lines marked `// <- CODE` in a test file, and nothing else. */
export function tryRule(file: string, code: string, { breaks, fixed, near, conditions }: Trial): void {
  const title = RULES.find((rule) => rule.code === code)?.title ?? "no such rule";
  describe(`${code}: ${title}`, () => {
    test("is found, at the right line", () => {
      const found = judge(breaks, conditions);
      expect([...new Set(found.linesOf(code))].sort((a, b) => a - b)).toEqual(marked(file, code));
      expect(found.of(code).length).toBeGreaterThan(0);
      expect(found.of(code)).toMatchSnapshot();
    });
    test("is gone where it is put right", () => {
      expect(judge(fixed, conditions).of(code)).toEqual([]);
    });
    test("is no false alarm", () => {
      expect(judge(near, conditions).of(code)).toEqual([]);
    });
  });
}

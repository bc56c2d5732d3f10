import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { runChecks } from "../../checks/run.js";
import { RULES } from "../../checks/registry.js";
import { comparable, type Written } from "../../operations/preview/comparable.js";
import type { PolicyModel } from "../../model/policy.js";
import { compare } from "../../preview/compare.js";
import type { Acceptance } from "../../preview/policy.js";
import type { ChangeList } from "../../preview/schema.js";
import { compileTables } from "../../sandbox/compile.js";
import { rehearse } from "../../sandbox/simulator/simulate.js";
import { TABLES, type Tables } from "../../sandbox/tables.js";
import { declare, shopSketch, type ShopSketch } from "../program/shop.js";
import { synthesize, type Synthesized } from "../program/synthesize.js";
import { awsClassifier } from "../../stacks/aws/plan/classifier.js";

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../providers/aws/${file}`, import.meta.url), "utf8"));
const tables: Tables = JSON.parse(
  Buffer.from(compileTables(read("schema.json"), read("facts.json"))[TABLES] ?? []).toString(),
);

type Step = (shop: ShopSketch) => void;
type Compared = ReturnType<typeof comparable>;

/** Shops that were written last, since most tests compare with the same one. */
const shops: { readonly sketch: ShopSketch; readonly written: Synthesized }[] = [];
const REMEMBERED = 12;

/** The shop as steps leave it, written. */
export function write(...steps: readonly Step[]): Synthesized {
  const sketch = shopSketch();
  for (const step of steps) step(sketch);
  const known = shops.find((shop) => isDeepStrictEqual(shop.sketch, sketch));
  if (known !== undefined) return known.written;
  const written = synthesize((app) => declare(app, sketch));
  shops.push({ sketch, written });
  if (shops.length > REMEMBERED) shops.shift();
  return written;
}

const writtenOf = ({ model, files }: Synthesized): Written => {
  const json: unknown = JSON.parse(files.document);
  const report = runChecks({ model, today: "2026-11-24" }, RULES);
  const findings = report.findings.map(({ places, ...finding }) => ({
    ...finding,
    places: places.map(({ on, detail }) => [`[shop${on === null ? "" : `/${on}`}]`, detail].filter(Boolean).join(" ")),
  }));
  return { judged: { model, findings, headroom: report.headroom }, json };
};

let last: { readonly before: unknown; readonly after: unknown; readonly compared: Compared } | undefined;

/** Remembers its last answer: several policies are tried on the same change. */
function comparedOnce(before: Synthesized | undefined, after: Synthesized | undefined): Compared {
  if (last === undefined || last.before !== before || last.after !== after) {
    const [base, head] = [before, after].map((side) => side && writtenOf(side));
    const simulated = rehearse(tables, "shop", base?.json, head?.json, awsClassifier);
    const compared = comparable(simulated, base, head, awsClassifier);
    last = { before, after, compared };
  }
  return last.compared;
}

interface More {
  readonly policies?: readonly PolicyModel[];
  readonly accepted?: readonly Acceptance[];
}

/** What a change does, with no process and no git in between. */
export function listOf(before: Synthesized | undefined, after: Synthesized | undefined, more: More = {}): ChangeList {
  const compared = comparedOnce(before, after);
  const side = (ref: string, there: boolean, commit: string): ChangeList["base"] => ({
    ref,
    commit,
    state: there ? "read" : "absent",
    notes: [],
  });
  return compare(
    side("origin/main", before !== undefined, "1a2b3c4d5e6f"),
    side("working tree", after !== undefined, "6f5e4d3c2b1a"),
    [compared],
    { base: more.policies ?? [], head: more.policies ?? [], accepted: more.accepted ?? [] },
  );
}

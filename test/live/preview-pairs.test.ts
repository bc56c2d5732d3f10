import { afterAll, beforeAll, describe, it } from "vitest";
import { gate } from "../contract/gate.js";
import { outline, rehearsed } from "../contract/rehearsal.js";
import { write } from "../preview/lists.js";
import { pairs, type Pair } from "../preview/pairs.js";
import type { Synthesized } from "../program/synthesize.js";
import { accountIsMissing } from "./account.js";
import { applyBase, type AppliedBase } from "./applied-base.js";

/** All bases are applied at the same time, since most of that is waiting: ample for a machine with other work to do. */
const PATIENCE = 900_000;

describe.skipIf(accountIsMissing() !== undefined)(
  "what a preview says of infrastructure is what the real provider plans where base was applied",
  { timeout: PATIENCE },
  () => {
    const bases = new Map<string, AppliedBase>();

    beforeAll(async () => {
      const turn = gate(7);
      const documents = new Set(pairs.map(baseOf));
      const applied = [...documents].map((document) =>
        turn(async () => void bases.set(document, await applyBase(document))),
      );
      const failed = (await Promise.allSettled(applied)).find(({ status }) => status === "rejected");
      if (failed?.status === "rejected") throw failed.reason;
    }, PATIENCE);
    afterAll(async () => {
      await Promise.all([...bases.values()].map((base) => base.close()));
    });

    it.concurrent.for(pairs)("$name", async (pair, { expect }) => {
      const [before, after] = [baseOf(pair), headOf(pair)];
      expect(outline(rehearsed(before, after))).toEqual(outline(await bases.get(before)!.plan(after)));
    });
  },
);

const baseOf = ({ from }: Pair): string => documentOf(from === undefined ? write() : write(from));

function headOf({ from, make }: Pair): string {
  if (make !== undefined) return documentOf(from === undefined ? write(make) : write(from, make));
  const { terraform, provider } = JSON.parse(baseOf({ name: "", ...(from && { from }) }));
  return JSON.stringify({ terraform, provider });
}

/** The bucket's policy is left out: moto takes its denial of calls without TLS for one of all calls. */
function documentOf({ files }: Synthesized): string {
  const { resource, ...rest } = JSON.parse(files.document);
  delete resource.aws_s3_bucket_policy;
  return JSON.stringify({ ...rest, resource });
}

import { createHash } from "node:crypto";
import * as z from "zod/mini";
import { LightfleetError } from "../../errors/error.js";
import type { ReviewedFacts } from "./plan-file.js";
import { brokenState, readStateText } from "../../terraform/parse-state.js";

const stateSchema = z.object({
  version: z.literal(4),
  serial: z.number(),
  lineage: z.string(),
  resources: z.array(
    z.object({
      module: z.optional(z.string()),
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ index_key: z.optional(z.unknown()), attributes: z.optional(z.unknown()) })),
    }),
  ),
});

/**
 * A state by the hashes of its resources.
 * @param text as the engine's `state pull` gives it; empty where there is none
 * @throws LF622 where it is no state
 */
export function stateFacts(text: string): ReviewedFacts["state"] {
  if (text === "") return { lineage: "", serial: 0, resources: {} };
  const parsed = stateSchema.safeParse(readStateText(text, "the state"));
  if (!parsed.success) throw brokenState("the state", parsed.error);
  const { lineage, serial, resources } = parsed.data;
  const managed = resources.filter(({ mode }) => mode === "managed");
  const entries = managed.flatMap(({ module, type, name, instances }) =>
    instances.map(({ index_key, attributes }) => {
      const index = index_key === undefined ? "" : `[${JSON.stringify(index_key)}]`;
      const address = `${module === undefined ? "" : `${module}.`}${type}.${name}${index}`;
      return [address, hash(attributes)] as const;
    }),
  );
  return { lineage, serial, resources: Object.fromEntries(entries) };
}

/** A program by the hashes of its blocks. @param root the synthesized JSON */
export function programFacts(root: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [kind, blocks] of entriesOf(root)) {
    if (kind === "//") continue;
    const typed = kind === "resource" || kind === "data";
    for (const [name, block] of entriesOf(blocks)) {
      const prefix = kind === "resource" ? name : `${kind}.${name}`;
      if (typed) for (const [id, one] of entriesOf(block)) found[`${prefix}.${id}`] = hash(one);
      else found[prefix] = hash(block);
    }
  }
  return found;
}

/**
 * Refuses a reviewed plan whose ground has moved.
 * @throws LF602 with what changed since, in the state and in the program
 */
export function refuseStale(reviewed: ReviewedFacts, now: Pick<ReviewedFacts, "state" | "program">): void {
  const { id, state } = reviewed;
  const moved = state.serial !== now.state.serial || state.lineage !== now.state.lineage;
  const program = differences(reviewed.program, now.program).map(({ text }) => `the program: ${text}`);
  if (!moved && program.length === 0) return;
  if (program.length === 0 && wasApplied(reviewed, now.state)) throw applied(reviewed);
  const resources = differences(state.resources, now.state.resources).map(({ text }) => `the state: ${text}`);
  const other =
    moved && resources.length === 0 ? [`the state: another version (${state.serial}, now ${now.state.serial})`] : [];
  const all = [...resources, ...other, ...program];
  const more = all.length > TOLD ? [`and ${all.length - TOLD} more`] : [];
  const lines = [...all.slice(0, TOLD), ...more].map((line) => `  ${line}`);
  throw new LightfleetError(
    `the reviewed plan of ${id} is stale; since it was made, this has changed:\n${lines.join("\n")}`,
    {
      code: "LF602",
      kind: "aborted",
      hint: "make a new plan with 'lightfleet diff --plan', and have it reviewed again",
    },
  );
}

/** Differences that are told. */
const TOLD = 20;

/** Whether the state is that of a run of this very plan: all that it changes was changed since, and nothing else. */
function wasApplied({ state, touches = [] }: ReviewedFacts, now: ReviewedFacts["state"]): boolean {
  if (touches.length === 0 || now.serial <= state.serial) return false;
  const changed = new Set(differences(state.resources, now.resources).map(({ address }) => address));
  return (
    changed.size > 0 &&
    [...changed].every((address) => touches.includes(address)) &&
    touches.every((one) => changed.has(one))
  );
}

const applied = ({ id }: ReviewedFacts): LightfleetError =>
  new LightfleetError(
    `the reviewed plan of ${id} was applied already: what it changes is as it plans, or was changed since`,
    {
      code: "LF602",
      kind: "aborted",
      hint: "'lightfleet diff' shows whether anything is left to do",
    },
  );

interface Difference {
  readonly address: string;
  readonly text: string;
}

function differences(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): Difference[] {
  const addresses = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return addresses.flatMap((address) => {
    if (before[address] === after[address]) return [];
    const word = before[address] === undefined ? "is new" : after[address] === undefined ? "is gone" : "changed";
    return [{ address, text: `${address} ${word}` }];
  });
}

const hash = (value: unknown): string =>
  createHash("sha256")
    .update(JSON.stringify(value ?? null))
    .digest("hex")
    .slice(0, 16);

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { compare, type Compared } from "../preview/compare.js";
import type { Acceptance } from "../preview/policy.js";
import type { ChangeList, Side } from "../preview/schema.js";
import type { CommandContext } from "./context.js";
import { acceptedByLabels, labelsOf, readAcceptances } from "../operations/preview/accept.js";
import { repositoryOf } from "../operations/init/repository.js";
import { withoutCheckout } from "../operations/preview/git.js";
import { FORMATS, renderAs, type Format } from "../operations/preview/formats.js";
import { prepare, type Prepared } from "../operations/preview/prepare.js";
import { rehearseClusters } from "../operations/preview/simulate.js";
import { runSide, type SideOutcome } from "../operations/preview/run-snapshot.js";
import type { WrittenSide } from "../operations/preview/snapshot.js";
import { makeScratch } from "../operations/preview/scratch.js";
import { formatOf, writeOutput } from "../operations/write-output.js";

export type { ChangeList } from "../preview/schema.js";

export interface PreviewOptions {
  /** Clusters to compare; all that either side has where empty. */
  readonly clusters: readonly string[];
  /** A git ref; where the change left the main branch, where it is not said. */
  readonly base: string | undefined;
  /** A git ref; the working tree where it is not said. */
  readonly head: string | undefined;
  /** By the ending of the file where it is not said, and text where that says nothing. */
  readonly format: string | undefined;
  /** File that it is written to, relative to the project's folder. */
  readonly output: string | undefined;
  /** Whether a part of the program may be replaced by it. */
  readonly overwrite: boolean;
  /** What may pass a policy: `replaces("stateful")=reason`, or `1a2b3c4d5e6f=reason` for one ruling by its short name. */
  readonly accept: readonly string[];
  /** The day to check for; today where it is not said. */
  readonly date: string | undefined;
  /** The command line's own file, and its version. */
  readonly cli: string;
  readonly version: string;
}

export interface PreviewResult {
  readonly changes: ChangeList;
  /** The rendered text. */
  readonly text: string;
  /** Absolute. */
  readonly file?: string;
}

/**
 * What a change does, base against head, with no credentials, no state and no network.
 * @throws LF050 where the file cannot be written, LF057 for a name that is a cluster of neither side, LF650 for an unknown format or acceptance, LF651 for a ref that is not here
 */
export async function preview(options: PreviewOptions, context: CommandContext): Promise<PreviewResult> {
  const format = readFormat(options.format ?? formatOf(options.output, ENDINGS) ?? "text");
  const accepted = [...readAcceptances(options.accept), ...acceptedByLabels(labelsOf(context.env))];
  const date = options.date ?? new Date().toISOString().slice(0, 10);
  const scratch = await makeScratch(checkoutOf(context), context.env);
  let changes: ChangeList;
  try {
    const { base, head, project } = await prepare({ base: options.base, head: options.head, scratch }, context);
    context.host.progress({ type: "step", text: "synthesizing base and head" });
    changes = await compareSides(base, head, { ...options, date, accepted, project, scratch }, context);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const text = await renderAs(format, changes);
  if (options.output === undefined) return { changes, text };
  return {
    changes,
    text,
    file: await writeOutput(context.dir, { file: options.output, overwrite: options.overwrite }, text),
  };
}

const ENDINGS = { ".md": "markdown", ".json": "json", ".html": "html", ".htm": "html", ".txt": "text" } as const;

function readFormat(name: string): Format {
  const format = FORMATS.find((each) => each === name);
  if (format !== undefined) return format;
  throw new LightfleetError(`'--format ${name}' is unknown: it must be one of ${FORMATS.join(", ")}`, {
    code: "LF650",
    kind: "usage",
  });
}

interface Settings {
  readonly clusters: readonly string[];
  readonly cli: string;
  readonly date: string;
  readonly accepted: readonly Acceptance[];
  readonly project: string;
  readonly scratch: string;
}

async function compareSides(
  base: Prepared,
  head: Prepared,
  settings: Settings,
  context: CommandContext,
): Promise<ChangeList> {
  const run = async ({ dir, withheld }: Prepared, name: string): Promise<SideOutcome | undefined> => {
    if (dir === undefined) return undefined;
    if (withheld.length > 0) return { failed: withheld };
    const outdir = join(settings.scratch, "out", name);
    // A side that is not the working tree finds no programs of it.
    const env = dir === context.dir ? context.env : withoutCheckout(context.env, checkoutOf(context));
    return runSide({ ...settings, dir, outdir }, { ...context, env });
  };
  const [before, after] = await Promise.all([run(base, "base"), run(head, "head")]);
  const sides = [side(base, before), side(head, after)] as const;
  const { clusters: names } = settings;
  const [from, to] = [namedOf(writtenOf(before), names), namedOf(writtenOf(after), names)];
  if (sides[1].state !== "failed") refuseUnknown(names, writtenOf(before), writtenOf(after));
  // Where head cannot be read, nothing is known of what it does: least of all that it removes everything.
  const clusters: Compared[] = sides[1].state === "failed" ? [] : await rehearseClusters(from, to, readJson);
  const rules = { base: from?.policies ?? [], head: to?.policies ?? [], accepted: settings.accepted };
  return compare(...sides, clusters, rules, settings.project);
}

/** The top folder of the repository, or the project where it is in none. */
const checkoutOf = ({ dir }: CommandContext): string => repositoryOf(dir) ?? dir;

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(file, "utf8"));

const writtenOf = (outcome: SideOutcome | undefined) =>
  outcome !== undefined && "written" in outcome ? outcome.written : undefined;

/** A side with the named clusters alone. */
const namedOf = (written: WrittenSide | undefined, names: readonly string[]): WrittenSide | undefined =>
  written === undefined || names.length === 0
    ? written
    : { ...written, clusters: written.clusters.filter(({ id }) => names.includes(id)) };

/** @throws LF057 where a name is a cluster of neither side */
function refuseUnknown(names: readonly string[], ...sides: readonly (WrittenSide | undefined)[]): void {
  const ids = [...new Set(sides.flatMap((one) => one?.clusters ?? []).map(({ id }) => id))].sort();
  const unknown = names.find((name) => !ids.includes(name));
  if (unknown === undefined) return;
  throw new LightfleetError(`neither side has a cluster '${unknown}': there are ${ids.join(", ") || "none"}`, {
    code: "LF057",
    kind: "usage",
  });
}

function side({ ref, commit, notes, withheld, installed }: Prepared, outcome: SideOutcome | undefined): Side {
  const own = { ref, commit };
  if (outcome === undefined) return { ...own, state: "absent", notes: [...notes] };
  if ("written" in outcome) return { ...own, state: "read", notes: [...notes] };
  // With packages of its own that did not do, the other side may be why.
  const byOther = withheld.length > 0 || installed === true;
  return { ...own, state: "failed", ...(byOther && { withheld: true }), notes: [...notes, ...outcome.failed] };
}

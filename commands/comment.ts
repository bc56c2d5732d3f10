import { appendFile, readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { cleanProject, commentMark, readMark } from "../preview/render/mark.js";
import { COMMENT_LIMIT, renderMarkdown } from "../preview/render/markdown.js";
import { changeListSchema, type ChangeList } from "../preview/schema.js";
import { LARGEST_LIST, readArtifact } from "../operations/comment/artifact.js";
import { githubApi, placeOf, repositoryIn, runOf, usage } from "../operations/comment/place.js";
import { ownComments, putComment, type Comment, type Posted } from "../operations/comment/sticky.js";
import type { CommandContext } from "./context.js";

export interface CommentOptions {
  /** The change list, as `preview --format json` wrote it; undefined where it is in an artifact. */
  readonly from: string | undefined;
  /** Name of the artifact that has it, of the run that the workflow follows. */
  readonly artifact: string | undefined;
  /** Number of the pull or merge request. */
  readonly pr: number | undefined;
  /** The commit that the pull request must be at: it is not commented on otherwise. */
  readonly sha: string | undefined;
  /** Only write the step summary. */
  readonly summaryOnly: boolean;
}

export interface CommentResult {
  readonly verdict: ChangeList["verdict"];
  readonly comments: readonly { readonly cluster: string; readonly posted: Posted }[];
}

/** What GitHub takes of a step's summary is 1 MiB, in bytes. */
const SUMMARY_LIMIT = 250_000;
/** With more clusters than this, there is one comment for all of them: nobody reads that many, and each one is mailed. */
const MOST_COMMENTS = 20;
/** With more than this, nothing is posted. */
const MOST_CLUSTERS = 1_000;

/** What a reader must know of each comment: the job that made the change list ran the change's own code. */
const CLAIM = "_Reported by a job that ran the code of this change: a claim of the change, and no check of it._\n";

/**
 * Posts a change list, one comment for each cluster, edited in place; one for all where they are many. The list may come from anybody:
 * it is read by its schema and rendered here, so that nothing of it is taken for markup; its verdict is what it claims.
 * @throws LF644 where the artifact or the list is too large, LF650 where it is no change list or nobody says where to post, LF653 where
 * the server refuses
 */
export async function comment(options: CommentOptions, context: CommandContext): Promise<CommentResult> {
  const list = await listOf(options, context);
  const bodies = clustersOf(list);
  const summary = context.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "")
    await appendFile(
      summary,
      `${bodies
        .map(({ body }) => body)
        .join("\n")
        .slice(0, SUMMARY_LIMIT)}\n`,
    );
  if (options.summaryOnly) return { verdict: list.verdict, comments: [] };
  const place = await placeOf(options, context);
  const own = await ownComments(place);
  const comments: { cluster: string; posted: Posted }[] = [];
  for (const { cluster, body, quiet } of [...bodies, ...outdated(own, list)])
    comments.push({
      cluster,
      posted: await putComment(place, own, { mark: commentMark(cluster, list.project), body, quiet }),
    });
  return { verdict: list.verdict, comments };
}

async function listOf(options: CommentOptions, context: CommandContext): Promise<ChangeList> {
  const { from, artifact } = options;
  if ((from === undefined) === (artifact === undefined))
    throw usage("either '--from FILE' or '--artifact NAME' says where the change list is", "name one of them");
  const list =
    artifact === undefined
      ? await readList(resolve(context.dir, from ?? ""))
      : parseList(await artifactOf(artifact, context), `artifact '${artifact}'`);
  const ids = list.clusters.map(({ cluster }) => cluster);
  if (ids.length > MOST_CLUSTERS || new Set(ids).size < ids.length || ids.some((id) => id.length > 100))
    throw new LightfleetError(
      `the change list has ${ids.length} clusters: there may be ${MOST_CLUSTERS}, each with a name of its own of up to 100 characters`,
      { code: "LF644", kind: "usage", hint: "see what the job did that made it" },
    );
  return list;
}

async function artifactOf(name: string, { env, signal }: CommandContext): Promise<string> {
  const run = await runOf(env);
  const repository = repositoryIn(env);
  if (run?.id === undefined || repository === undefined)
    throw usage(
      "'--artifact' is for a workflow of GitHub that follows another one's run",
      "elsewhere name a file with --from",
    );
  return readArtifact(githubApi(env, signal), repository, run.id, name);
}

async function readList(file: string): Promise<ChangeList> {
  const { size } = await stat(file).catch((cause: unknown) => {
    throw noList(`'${file}'`, cause);
  });
  if (size > LARGEST_LIST)
    throw new LightfleetError(`'${file}' has ${size} bytes: at most 16 MiB are read`, { code: "LF644", kind: "usage" });
  return parseList(await readFile(file, "utf8"), `'${file}'`);
}

function parseList(text: string, what: string): ChangeList {
  try {
    return changeListSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw noList(what, cause);
  }
}

function noList(what: string, cause: unknown): LightfleetError {
  const why = cause instanceof Error ? (cause.message.split("\n")[0] ?? "").slice(0, 120) : "";
  return usage(
    `${what} is no change list of this version: ${why}`,
    "write it with 'lightfleet preview --format json -o FILE'",
    cause,
  );
}

/** A comment for each cluster; one for the whole where there is none to tell of, or where they are too many. */
function clustersOf(list: ChangeList) {
  const one = (cluster: string, part: ChangeList) => ({
    cluster,
    body: withClaim(renderMarkdown(part, COMMENT_LIMIT - CLAIM.length - 1)),
    quiet: part.verdict === "unchanged",
  });
  if (list.clusters.length === 0 || list.clusters.length > MOST_COMMENTS) return [one("all", list)];
  return list.clusters.map((cluster) =>
    one(cluster.cluster, { ...list, verdict: cluster.verdict, clusters: [cluster] }),
  );
}

/** The mark stays the first line, by which a comment is found again. */
const withClaim = (body: string): string => body.replace("\n", `\n${CLAIM}\n`);

/** Comments on what this preview does not tell of any more: a cluster that is gone, or that could not be synthesized before. */
function outdated(own: readonly Comment[], { project, clusters }: ChangeList) {
  const whole = clusters.length === 0 || clusters.length > MOST_COMMENTS;
  const told = new Set(whole ? ["all"] : clusters.map(({ cluster }) => cluster));
  return own.flatMap(({ body }) => {
    const marked = readMark(body);
    if (marked === undefined || marked.project !== cleanProject(project) || told.has(marked.name)) return [];
    const what = marked.name === "all" ? "the program" : marked.name;
    const text = `### ${what}\n\nThis was about an earlier commit. The preview of the last one has nothing to tell of it: see its other comments, or its job.`;
    return [{ cluster: marked.name, body: `${commentMark(marked.name, project)}\n${text}\n`, quiet: true }];
  });
}

import { appendFile, readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { cleanProject, commentMark, readMark } from "../preview/render/mark.js";
import { renderMarkdown } from "../preview/render/markdown.js";
import { changeListSchema, type ChangeList } from "../preview/schema.js";
import { openApi } from "../operations/comment/api.js";
import { ownComments, putComment, type Comment, type Place, type Posted } from "../operations/comment/sticky.js";
import type { CommandContext } from "../operations/context.js";

export interface CommentOptions {
  /** The change list, as `preview --format json` wrote it. */
  readonly from: string;
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

/** A change list that nobody would read is none. */
const LARGEST = 64 * 1024 * 1024;

/**
 * Posts a change list, one comment for each cluster, edited in place. The list may come from anybody: it is read by its schema and
 * rendered here, so that nothing of it is taken for markup.
 * @throws LF650 where it is no change list or nobody says where to post, LF653 where the server refuses
 */
export async function comment(options: CommentOptions, context: CommandContext): Promise<CommentResult> {
  const list = await readList(resolve(context.dir, options.from));
  const bodies = clustersOf(list);
  const summary = context.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined && summary !== "")
    await appendFile(summary, `${bodies.map(({ body }) => body).join("\n")}\n`);
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

async function readList(file: string): Promise<ChangeList> {
  try {
    if ((await stat(file)).size > LARGEST) throw new Error("it is larger than 64 MiB");
    return changeListSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch (cause) {
    const why = cause instanceof Error ? (cause.message.split("\n")[0] ?? "").slice(0, 120) : "";
    throw usage(
      `'${file}' is no change list of this version: ${why}`,
      "write it with 'lightfleet preview --format json -o FILE'",
      cause,
    );
  }
}

/** A comment for each cluster; one for the whole where there is none to tell of. */
function clustersOf(list: ChangeList) {
  const one = (cluster: string, part: ChangeList) => ({
    cluster,
    body: renderMarkdown(part),
    quiet: part.verdict === "unchanged",
  });
  if (list.clusters.length === 0) return [one("all", list)];
  return list.clusters.map((cluster) =>
    one(cluster.cluster, { ...list, verdict: cluster.verdict, clusters: [cluster] }),
  );
}

/** Comments on what this preview does not tell of any more: a cluster that is gone, or that could not be synthesized before. */
function outdated(own: readonly Comment[], { project, clusters }: ChangeList) {
  const told = new Set(clusters.length === 0 ? ["all"] : clusters.map(({ cluster }) => cluster));
  return own.flatMap(({ body }) => {
    const marked = readMark(body);
    if (marked === undefined || marked.project !== cleanProject(project) || told.has(marked.name)) return [];
    const what = marked.name === "all" ? "the program" : marked.name;
    const text = `### ${what}\n\nThis was about an earlier commit. The preview of the last one has nothing to tell of it: see its other comments, or its job.`;
    return [{ cluster: marked.name, body: `${commentMark(marked.name, project)}\n${text}\n`, quiet: true }];
  });
}

async function placeOf(options: CommentOptions, { env, signal }: CommandContext): Promise<Place> {
  const repository = env["GITHUB_REPOSITORY"];
  if (repository !== undefined && /^[\w.-]+\/[\w.-]+$/.test(repository)) {
    const token = env["GITHUB_TOKEN"] ?? env["GH_TOKEN"] ?? "";
    const api = openApi(
      env["GITHUB_API_URL"] ?? "https://api.github.com",
      {
        authorization: `Bearer ${token}`,
        "x-github-api-version": "2022-11-28",
      },
      signal,
    );
    const number = options.pr ?? (await pullRequestAt(api, repository, options.sha, await headOf(env)));
    if (options.sha !== undefined) await refuseOther(api, repository, number, options.sha);
    const comments = `/repos/${repository}/issues/${number}/comments`;
    return {
      api,
      list: (page) => `${comments}?per_page=100&page=${page}`,
      create: comments,
      edit: (id) => `/repos/${repository}/issues/comments/${id}`,
      editBy: "PATCH",
    };
  }
  const [root, project] = [env["CI_API_V4_URL"], env["CI_PROJECT_ID"]];
  const request = options.pr ?? Number(env["CI_MERGE_REQUEST_IID"]);
  if (root !== undefined && project !== undefined && Number.isInteger(request)) {
    const token = env["LIGHTFLEET_GITLAB_TOKEN"] ?? "";
    const notes = `/projects/${encodeURIComponent(project)}/merge_requests/${request}/notes`;
    const api = openApi(root, { "private-token": token }, signal);
    const user = await api.get("/user");
    return {
      api,
      ...(isRecord(user) && typeof user["id"] === "number" && { self: user["id"] }),
      list: (page) => `${notes}?per_page=100&page=${page}`,
      create: notes,
      edit: (id) => `${notes}/${id}`,
      editBy: "PUT",
    };
  }
  throw usage(
    "nobody says where to post",
    "in GitHub Actions set GITHUB_TOKEN, in GitLab CI LIGHTFLEET_GITLAB_TOKEN; elsewhere use 'preview --format markdown'",
  );
}

/** The branch that a run was for, which several pull requests of one commit differ in. */
interface RunHead {
  readonly branch: string;
  /** As in `acme/shop`: a fork has branches of the same names. */
  readonly repository: string;
}

/** As the event of a workflow says that follows another one's run; undefined in any other. */
async function headOf({ GITHUB_EVENT_PATH: file = "" }: NodeJS.ProcessEnv): Promise<RunHead | undefined> {
  const text = file === "" ? "" : await readFile(file, "utf8").catch(() => "");
  try {
    const event: unknown = JSON.parse(text);
    const run = isRecord(event) && isRecord(event["workflow_run"]) ? event["workflow_run"] : {};
    const repository = isRecord(run["head_repository"]) ? run["head_repository"]["full_name"] : undefined;
    const branch = run["head_branch"];
    return typeof branch === "string" && typeof repository === "string" ? { branch, repository } : undefined;
  } catch {
    return undefined;
  }
}

function isFrom({ ref, repo }: Record<string, unknown>, from: RunHead | undefined): boolean {
  if (from === undefined) return true;
  return ref === from.branch && isRecord(repo) && repo["full_name"] === from.repository;
}

/** The open pull request of a commit: a fork's too, which the event of a workflow does not name. */
async function pullRequestAt(
  api: ReturnType<typeof openApi>,
  repository: string,
  sha: string | undefined,
  from: RunHead | undefined,
): Promise<number> {
  if (sha === undefined || !/^[0-9a-f]{40}$/.test(sha))
    throw usage("nobody says which pull request", "name it with --pr, or its commit with --sha");
  const at: number[] = [];
  for (let page = 1; page <= 10; page++) {
    const found = await api.get(
      `/repos/${repository}/pulls?state=open&sort=updated&direction=desc&per_page=100&page=${page}`,
    );
    const pulls = Array.isArray(found) ? found.filter(isRecord) : [];
    for (const { head, number } of pulls)
      if (isRecord(head) && head["sha"] === sha && isFrom(head, from) && typeof number === "number") at.push(number);
    if (pulls.length < 100) break;
  }
  const [only, another] = at;
  if (only !== undefined && another === undefined) return only;
  if (only !== undefined)
    throw usage(
      `several pull requests are at ${sha.slice(0, 9)}: ${at.join(", ")}`,
      "name the one of this run with --pr",
    );
  throw usage(`no open pull request is at ${sha.slice(0, 9)}`, "it may have moved on: its next run posts");
}

/** The number may come from an artifact that anybody wrote: it must be the pull request that the run was for. */
async function refuseOther(
  api: ReturnType<typeof openApi>,
  repository: string,
  number: number,
  sha: string,
): Promise<void> {
  const pull = await api.get(`/repos/${repository}/pulls/${number}`);
  if (isRecord(pull) && isRecord(pull["head"]) && pull["head"]["sha"] === sha) return;
  throw usage(`pull request ${number} is not at ${sha.slice(0, 9)}`, "it may have moved on: its next run posts");
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const usage = (message: string, hint: string, cause?: unknown): LightfleetError =>
  new LightfleetError(message, { code: "LF650", kind: "usage", hint, cause });

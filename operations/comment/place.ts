import { readFile } from "node:fs/promises";
import { LightfleetError } from "../../errors/error.js";
import type { CommandContext } from "../context.js";
import { openApi, type Api } from "./api.js";
import type { Place } from "./sticky.js";
import { isRecord } from "../../lib/records.js";

interface Wanted {
  /** Number of the pull or merge request. */
  readonly pr: number | undefined;
  /** The commit that it must be at. */
  readonly sha: string | undefined;
}

/**
 * Finds the pull or merge request that a change list is to be posted to: on GitHub the one that the followed run was for.
 * @throws LF650 where there is none, or several, or it is at another commit
 */
export async function placeOf(options: Wanted, { env, signal }: CommandContext): Promise<Place> {
  const repository = repositoryIn(env);
  if (repository !== undefined) {
    const api = githubApi(env, signal);
    const run = await runOf(env);
    if (run !== undefined && options.sha !== undefined && options.sha !== run.sha)
      throw usage(
        `this follows a run at ${run.sha.slice(0, 9)}, and not at ${options.sha.slice(0, 9)}`,
        "leave out --sha",
      );
    const sha = options.sha ?? run?.sha;
    const number = options.pr ?? (await pullRequestAt(api, repository, sha, run));
    if (sha !== undefined) await refuseOther(api, repository, number, sha, run);
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

export const repositoryIn = ({ GITHUB_REPOSITORY: name = "" }: NodeJS.ProcessEnv): string | undefined =>
  /^[\w.-]+\/[\w.-]+$/.test(name) ? name : undefined;

export const githubApi = (env: NodeJS.ProcessEnv, signal: AbortSignal): Api =>
  openApi(
    env["GITHUB_API_URL"] ?? "https://api.github.com",
    {
      authorization: `Bearer ${env["GITHUB_TOKEN"] ?? env["GH_TOKEN"] ?? ""}`,
      "x-github-api-version": "2022-11-28",
    },
    signal,
  );

/** The run that a workflow follows. */
interface FollowedRun {
  readonly id?: number;
  readonly sha: string;
  /** Which several pull requests of one commit differ in. */
  readonly branch: string;
  /** As in `acme/shop`: a fork has branches of the same names. */
  readonly repository: string;
}

/** As the event of a workflow says that follows another one's run; undefined in any other. GitHub writes it, and no job of the change. */
export async function runOf({ GITHUB_EVENT_PATH: file = "" }: NodeJS.ProcessEnv): Promise<FollowedRun | undefined> {
  const text = file === "" ? "" : await readFile(file, "utf8").catch(() => "");
  try {
    const event: unknown = JSON.parse(text);
    const run = isRecord(event) && isRecord(event["workflow_run"]) ? event["workflow_run"] : {};
    const repository = isRecord(run["head_repository"]) ? run["head_repository"]["full_name"] : undefined;
    const { head_branch: branch, head_sha: sha, id } = run;
    return typeof branch === "string" && typeof repository === "string" && typeof sha === "string"
      ? { branch, repository, sha, ...(typeof id === "number" && { id }) }
      : undefined;
  } catch {
    return undefined;
  }
}

function isFrom({ ref, repo }: Record<string, unknown>, from: FollowedRun | undefined): boolean {
  if (from === undefined) return true;
  return ref === from.branch && isRecord(repo) && repo["full_name"] === from.repository;
}

/** The open pull request of a commit: a fork's too, which the event of a workflow does not name. */
async function pullRequestAt(
  api: Api,
  repository: string,
  sha: string | undefined,
  from: FollowedRun | undefined,
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
  api: Api,
  repository: string,
  number: number,
  sha: string,
  from: FollowedRun | undefined,
): Promise<void> {
  const pull = await api.get(`/repos/${repository}/pulls/${number}`);
  const head = isRecord(pull) && isRecord(pull["head"]) ? pull["head"] : {};
  if (head["sha"] === sha && isFrom(head, from)) return;
  throw usage(`pull request ${number} is not at ${sha.slice(0, 9)}`, "it may have moved on: its next run posts");
}

export const usage = (message: string, hint: string, cause?: unknown): LightfleetError =>
  new LightfleetError(message, { code: "LF650", kind: "usage", hint, cause });

import { strToU8, zipSync } from "fflate";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { comment, type CommentOptions } from "../../commands/comment.js";
import { LightfleetError } from "../../errors/error.js";
import type { ChangeList } from "../../preview/schema.js";
import { listOf, write } from "../preview/lists.js";
import { startServer } from "./github.js";
import { tempDir } from "./project.js";

const SHA = "5".repeat(40);
const base = write();
const changed = listOf(
  base,
  write(
    (shop) =>
      (shop.services["adservice"]!.image =
        "us-central1-docker.pkg.dev/online-boutique-ci/microservices-demo/adservice:v0.11.0"),
  ),
);
const other = listOf(
  base,
  write((shop) => (shop.services["adservice"]!.replicas = 5)),
);
const same = listOf(base, base);

async function setUp(
  pulls: Parameters<typeof startServer>[0] = [{ number: 7, sha: SHA }],
  artifacts: Parameters<typeof startServer>[1] = [],
) {
  const dir = await tempDir();
  const server = await startServer(pulls, artifacts);
  const run = async (list: ChangeList | string, options: Partial<CommentOptions> = {}, env: NodeJS.ProcessEnv = {}) => {
    await writeFile(join(dir, "preview.json"), typeof list === "string" ? list : JSON.stringify(list));
    const all = { from: "preview.json", artifact: undefined, pr: undefined, sha: SHA, summaryOnly: false, ...options };
    const github = { GITHUB_REPOSITORY: "acme/shop", GITHUB_API_URL: server.url, GITHUB_TOKEN: "t", ...env };
    const host = { progress: () => undefined, confirm: async () => false, canAsk: false, ask: async () => "" };
    return comment(all, { dir, env: github, signal: new AbortController().signal, host });
  };
  return { dir, server, run };
}

const codeOfError = (error: unknown): string => (LightfleetError.is(error) ? error.code : String(error));
const codeOf = (work: Promise<unknown>): Promise<string> => work.then(() => "nothing was thrown", codeOfError);

test("a fork's change gets one comment, which is edited in place, and says so once nothing changes", async () => {
  const { server, run } = await setUp();
  expect(await run(changed)).toEqual({ verdict: "changes", comments: [{ cluster: "shop", posted: "created" }] });
  expect(server.comments[0]?.body).toContain("service adservice");
  expect((await run(changed)).comments).toEqual([{ cluster: "shop", posted: "kept" }]);
  expect((await run(other)).comments).toEqual([{ cluster: "shop", posted: "edited" }]);
  expect((await run(same)).comments).toEqual([{ cluster: "shop", posted: "edited" }]);
  expect(server.comments).toHaveLength(1);
  expect(server.comments[0]?.body).toContain("nothing changes");
  expect(server.seen.every(({ authorization }) => authorization === "Bearer t")).toBe(true);
});

test("nothing is posted where nothing changes, and never below a comment of a person", async () => {
  const { server, run } = await setUp();
  expect((await run(same)).comments).toEqual([{ cluster: "shop", posted: "none" }]);
  const person = { id: 1, body: "<!-- lightfleet:preview:shop -->\nmine", user: { login: "eve", type: "User" } };
  server.comments.push(
    person,
    ...Array.from({ length: 120 }, (_, index) => ({ id: index + 2, body: "chat", user: person.user })),
  );
  expect((await run(changed)).comments).toEqual([{ cluster: "shop", posted: "created" }]);
  expect((await run(other)).comments).toEqual([{ cluster: "shop", posted: "edited" }]);
  expect(person.body).toContain("mine");
});

test("a comment on what is no longer told of says so, and one of another project stays", async () => {
  const { server, run } = await setUp();
  const failed: ChangeList = {
    ...changed,
    verdict: "blocked",
    head: { ...changed.head, state: "failed" },
    clusters: [],
  };
  await run(changed);
  await run({ ...changed, project: "infra/prod" });
  expect((await run(failed)).comments).toEqual([
    { cluster: "all", posted: "created" },
    { cluster: "shop", posted: "edited" },
  ]);
  const bodies = (): string[] => server.comments.map(({ body }) => body.replaceAll("\n", " "));
  expect(bodies()).toEqual([
    expect.stringMatching(/^<!-- lightfleet:preview:shop --> ### shop .*an earlier commit/),
    expect.stringMatching(/^<!-- lightfleet:preview:infra\/prod:shop -->.*service adservice/),
    expect.stringMatching(/^<!-- lightfleet:preview:all -->.*head cannot be synthesized/),
  ]);
  await run(changed);
  expect(bodies()).toEqual([
    expect.stringContaining("service adservice"),
    expect.stringContaining("service adservice"),
    expect.stringContaining("an earlier commit"),
  ]);
  expect((await run(changed)).comments.map(({ posted }) => posted)).toEqual(["kept", "kept"]);
});

test("an artifact is not trusted: another pull request, another commit, no list, markup", async () => {
  const { server, run } = await setUp();
  expect(await codeOf(run(changed, { pr: 8 }))).toBe("LF653");
  expect(await codeOf(run(changed, { pr: 7, sha: "6".repeat(40) }))).toBe("LF650");
  expect(await codeOf(run(changed, { sha: "6".repeat(40) }))).toBe("LF650");
  expect(await codeOf(run("{}"))).toBe("LF650");
  expect(await codeOf(run(changed, {}, { GITHUB_TOKEN: "wrong" }))).toBe("LF653");
  expect(server.comments).toEqual([]);
  await run({ ...changed, base: { ...changed.base, notes: ["@everyone <img src=x>"] } });
  expect(server.comments[0]?.body).not.toMatch(/@everyone|<img/);
});

test("a note on GitLab, and the step summary with no server at all", async () => {
  const { dir, server, run } = await setUp();
  const gitlab = {
    GITHUB_REPOSITORY: undefined,
    CI_API_V4_URL: server.url,
    CI_PROJECT_ID: "42",
    CI_MERGE_REQUEST_IID: "3",
    LIGHTFLEET_GITLAB_TOKEN: "g",
  };
  server.comments.push({ id: 9, body: "<!-- lightfleet:preview:shop -->\nmine", author: { id: 5 } });
  expect((await run(changed, {}, gitlab)).comments).toEqual([{ cluster: "shop", posted: "created" }]);
  expect((await run(other, {}, gitlab)).comments).toEqual([{ cluster: "shop", posted: "edited" }]);
  expect(server.seen.at(-1)).toEqual({
    method: "PUT",
    path: "/projects/42/merge_requests/3/notes/2",
    authorization: "g",
  });
  const summary = join(dir, "summary.md");
  const quiet = { GITHUB_REPOSITORY: undefined, GITHUB_STEP_SUMMARY: summary };
  expect(await run(changed, { summaryOnly: true }, quiet)).toEqual({ verdict: "changes", comments: [] });
  expect(await readFile(summary, "utf8")).toContain("service adservice");
  expect(await codeOf(run(changed, {}, { GITHUB_REPOSITORY: undefined }))).toBe("LF650");
});

/** A list with that many clusters. */
const many = (count: number): ChangeList => ({
  ...changed,
  clusters: Array.from({ length: count }, (_, index) => ({ ...changed.clusters[0]!, cluster: `c${index}` })),
});

test("many clusters are one comment, and more than anybody has are refused", async () => {
  const { server, run } = await setUp();
  expect((await run(many(20))).comments).toHaveLength(20);
  expect((await run(many(21))).comments.filter(({ posted }) => posted === "created")).toEqual([
    { cluster: "all", posted: "created" },
  ]);
  expect(server.comments).toHaveLength(21);
  const before = server.seen.length;
  expect(await codeOf(run(many(2_000)))).toBe("LF644");
  expect(await codeOf(run({ ...changed, clusters: [changed.clusters[0]!, changed.clusters[0]!] }))).toBe("LF644");
  expect(await codeOf(run(`${JSON.stringify(changed)}${" ".repeat(2 ** 24)}`))).toBe("LF644");
  expect(server.seen).toHaveLength(before);
});

test("each comment says that the change itself reports it", async () => {
  const { server, run } = await setUp();
  await run({ ...changed, verdict: "unchanged" });
  expect(server.comments[0]?.body).toMatch(
    /^<!-- lightfleet:preview:shop -->\n_[^\n]*a claim of the change, and no check of it/,
  );
});

/** The event of a workflow that follows run 5 of a branch. */
async function followed(branch: string, repository: string, sha = SHA): Promise<NodeJS.ProcessEnv> {
  const file = join(await tempDir(), "event.json");
  const run = { id: 5, head_branch: branch, head_sha: sha, head_repository: { full_name: repository } };
  await writeFile(file, JSON.stringify({ workflow_run: run }));
  return { GITHUB_EVENT_PATH: file };
}

test("of several pull requests at one commit, that of the run is commented on, and no other, whatever is asked for", async () => {
  const pulls = [
    { number: 6, sha: SHA, branch: "change", repository: "acme/shop" },
    { number: 7, sha: SHA, branch: "change", repository: "eve/shop" },
    { number: 8, sha: SHA, branch: "other", repository: "eve/shop" },
  ];
  const { server, run } = await setUp(pulls);
  const ofFork = await followed("change", "eve/shop");
  await run(changed, {}, ofFork);
  await run(changed, { sha: undefined }, ofFork);
  const posted = () => server.seen.filter(({ method }) => method !== "GET").map(({ path }) => path);
  expect(posted()).toEqual(["/repos/acme/shop/issues/7/comments"]);
  expect(await codeOf(run(changed, { pr: 6 }, ofFork))).toBe("LF650");
  expect(await codeOf(run(changed, {}, await followed("change", "mallory/shop")))).toBe("LF650");
  expect(await codeOf(run(changed, {}, await followed("change", "eve/shop", "6".repeat(40))))).toBe("LF650");
  expect(await codeOf(run(changed))).toBe("LF650");
  expect(posted()).toHaveLength(1);
});

test("the artifact of the run is read in memory, by limits of its size, its files and what they unpack to", async () => {
  const list = strToU8(JSON.stringify(changed));
  const files = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`../${i}`, strToU8("x")]));
  const zip = (content: Record<string, Uint8Array>) => ({ name: "lightfleet-preview", archive: zipSync(content) });
  const good = zip({ "preview.json": list, "../../.npmrc": strToU8("registry=evil") });
  const post = async (...artifacts: { name: string; archive: Uint8Array; bytes?: number }[]) => {
    const { dir, run } = await setUp([{ number: 7, sha: SHA }], artifacts);
    const env = await followed("change", "acme/shop");
    const work = run(changed, { from: undefined, artifact: "lightfleet-preview" }, env);
    const result = await work.then(({ comments }) => comments.map(({ posted }) => posted).join(), codeOfError);
    expect(await readdir(dir)).toEqual(["preview.json"]);
    return result;
  };
  expect(await post(good)).toBe("created");
  expect(await post({ ...good, name: "another" })).toBe("LF644");
  expect(await post(good, good)).toBe("LF644");
  expect(await post({ ...good, bytes: 2 ** 24 })).toBe("LF644");
  expect(await post(zip({ "preview.json": list, ...files(20) }))).toBe("LF644");
  expect(await post(zip({ "preview.json": new Uint8Array(2 ** 25) }))).toBe("LF644");
  expect(await post(zip({ "x/preview.json": list }))).toBe("LF644");
  expect(await post({ name: "lightfleet-preview", archive: strToU8("no archive") })).toBe("LF644");
  const noise = { name: "lightfleet-preview", archive: new Uint8Array(2 ** 24), bytes: 10 };
  expect(await post(noise)).toBe("LF653");
});

import { readFile, writeFile } from "node:fs/promises";
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

async function setUp() {
  const dir = await tempDir();
  const server = await startServer([{ number: 7, sha: SHA }]);
  const run = async (list: ChangeList | string, options: Partial<CommentOptions> = {}, env: NodeJS.ProcessEnv = {}) => {
    await writeFile(join(dir, "preview.json"), typeof list === "string" ? list : JSON.stringify(list));
    const all = { from: "preview.json", pr: undefined, sha: SHA, summaryOnly: false, ...options };
    const github = { GITHUB_REPOSITORY: "acme/shop", GITHUB_API_URL: server.url, GITHUB_TOKEN: "t", ...env };
    const host = { progress: () => undefined, confirm: async () => false, canAsk: false, ask: async () => "" };
    return comment(all, { dir, env: github, signal: new AbortController().signal, host });
  };
  return { dir, server, run };
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "nothing was thrown",
    (error: unknown) => (LightfleetError.is(error) ? error.code : String(error)),
  );

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

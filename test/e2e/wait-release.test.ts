import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import type { Answer, Call } from "../live/wire.js";
import { engineIsThere } from "../terraform/workspace.js";
import { standing, type Look } from "./groups.js";
import { interrupted } from "./interrupted.js";
import { openStandIn, type StandIn } from "./stand-in.js";

const DIGEST = "a".repeat(64);

/** What the managers tell of the release that is to run. */
const told = (state: string, service: object): string =>
  JSON.stringify({
    ...{ version: 1, cluster: "shop", at: 1, nodes: {}, release: { state, digest: DIGEST } },
    services: { web: { desired: 1, running: 1, image: "web:1", nodes: ["vm-a"], since: 1, ...service } },
  });
const WELL = told("converged", { state: "running" });
const ILL = told("rolled-back", { state: "rolled-back", error: "task: non-zero exit (1)" });
const AT_WORK = told("updating", { state: "updating" });
const WORDS = "invalid ConfigName: only 64 characters are allowed";
const REFUSED_BY_ENGINE = JSON.stringify({
  ...JSON.parse(WELL),
  release: { state: "failed", digest: DIGEST, error: WORDS },
});

/** Answers for a cluster whose VMs are well, or replaced as these looks have it. */
function release(status: () => string, ...looks: readonly Look[]): (call: Call) => Answer {
  const groups = standing(...looks);
  return (call) => {
    if (call.action.endsWith("/release.json"))
      return { status: 200, body: "", headers: { "x-amz-meta-sha256": DIGEST } };
    if (call.action.endsWith("/status.json")) return { status: 200, body: status(), type: "application/json" };
    return groups(call);
  };
}

describe.skipIf(!(await engineIsThere()))("a deploy that has nothing to change", { timeout: 300_000 }, () => {
  let account: StandIn;
  let dir: string;
  beforeEach(async () => {
    account = await openStandIn();
    dir = await project({ "main.ts": program("shop") });
    expect((await deploy("--no-wait")).document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
  });
  afterEach(() => account.close());
  const deploy = (...more: string[]) => cliJson(dir, ["deploy", "--yes", ...more], account.env);

  test("tells of a release that failed before, and ends at once where all is well", async () => {
    account.wire.answer = release(() => ILL);
    for (let run = 0; run < 2; run++) {
      const failed = await deploy();
      expect(failed).toMatchObject({ exitCode: 1, document: { clusters: [{ id: "shop" }], error: { code: "LF075" } } });
      expect(JSON.stringify(failed.document)).toContain("web: rolled-back (1/1 running): task: non-zero exit (1)");
    }
    expect((await deploy("--no-wait")).document).toMatchObject({ ok: true, clusters: [{ applied: false }] });

    account.wire.calls.length = 0;
    account.wire.answer = release(() => WELL);
    const well = await deploy();
    expect(well).toMatchObject({ exitCode: 0, document: { ok: true, clusters: [{ applied: false }] } });
    expect(well.stderr).not.toMatch(/core \d|web \w/);
    expect(account.wire.counts()).toMatchObject({ DescribeAutoScalingGroups: 1, DescribeInstances: 1 });
  });

  test("waits for a release and for VMs that are still on their way", async () => {
    const open = [AT_WORK, WELL];
    const going = { state: "InProgress", percent: 40 };
    account.wire.answer = release(() => (open.length > 1 ? open.shift() : open[0]) ?? "", going, {
      ...{ state: "Successful", percent: 100 },
    });
    const waited = await deploy();
    expect(waited).toMatchObject({ exitCode: 0, document: { ok: true, clusters: [{ applied: false }] } });
    expect(waited.stderr).toMatch(/core .*InProgress 40 %\n[^]*web updating \(1\/1\)\n[^]*web running \(1\/1\)/);

    account.wire.answer = release(() => WELL, going, { state: "Failed", percent: 60, reason: "not healthy" });
    expect((await deploy()).document).toMatchObject({ error: { code: "LF606", message: /'Failed' at 60 %/ } });
  });

  test("ends at once with the engine's own words where the release could not be applied", async () => {
    account.wire.answer = release(() => REFUSED_BY_ENGINE);
    const failed = await deploy();
    expect(failed).toMatchObject({ exitCode: 1, document: { error: { code: "LF075" } } });
    expect(JSON.stringify(failed.document)).toContain(WORDS);
  });

  test("is green again where another release has come up after the one that failed", async () => {
    account.wire.answer = release(() => ILL);
    await writeFile(join(dir, "main.ts"), program("shop", { image: "web:2" }));
    expect((await deploy()).document).toMatchObject({ error: { code: "LF075" } });
    account.wire.answer = release(() => WELL);
    expect((await deploy()).document).toMatchObject({ ok: true, clusters: [{ applied: false }] });
  });

  test("interrupted while it waits, says so, and the next one waits again", async () => {
    const going = { state: "InProgress", percent: 40 };
    account.wire.answer = release(() => AT_WORK, going);
    const vms = await interrupted(dir, ["deploy", "--yes"], { seen: /core .*InProgress 40 %/, env: account.env });
    expect(vms.exitCode).toBe(130);
    expect(vms.output).toContain("error LF071 the wait for the VMs of shop was interrupted");
    expect(vms.output).toContain("go on without this command; look with 'lightfleet status'");
    expect(vms.output).not.toContain("LF095");

    account.wire.answer = release(() => AT_WORK);
    const services = await interrupted(dir, ["deploy", "--yes"], { seen: /web updating/, env: account.env });
    expect(services.exitCode).toBe(130);
    expect(services.output).toContain("error LF071 the wait for the services of shop was interrupted");

    account.wire.answer = release(() => ILL);
    expect((await deploy()).document).toMatchObject({ error: { code: "LF075" } });
  });
});

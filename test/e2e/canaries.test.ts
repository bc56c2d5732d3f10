import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, describe, test } from "vitest";
import { NAMES } from "../../bin/unknown-verb.js";
import { cli } from "../commands/cli.js";
import { project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

/** A program with a value that nobody may see in each place that takes one. */
const program = (version: number): string => `
import { App, aws, Cluster, command, Fleet, Gateway, Service } from "lightfleet";
const app = new App();
const c = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1", zones: 2 }), control: { size: 1 }, tags: { t: "CANARYTAG${version}" } });
const core = new Fleet(c, "core", { machine: "t4g.small", size: 1, tags: { f: "CANARYFLEET${version}" } });
const s = new Service(c, "a", { on: core, image: "ghcr.io/x/y:${version}", memory: "64MiB", replicas: 1, port: 80,
  env: { DATABASE_URL: "postgres://admin:CANARYURL${version}@db:5432/x", PLAIN: "CANARYENV${version}" },
  args: ["--password=CANARYARG${version}"], labels: { l: "CANARYLABEL${version}" },
  health: command(["curl", "-u", "u:CANARYHEALTH${version}", "http://x"]), files: { "/etc/x.conf": "CANARYFILE${version}" } });
new Gateway(c, "g", { routes: { "/": s } });
${version === 2 ? `new Service(c, "b", { on: core, image: "b:1", memory: "64MiB", env: { NEW: "CANARYNEW2" } });` : ""}
app.synth();
`;

/** How each verb is run. What only works in an account, or prints nothing of a program, has a reason for that. */
const RUNS: Readonly<Record<string, readonly (readonly string[])[] | string>> = {
  synth: [["synth"], ["synth", "--verbose"]],
  check: [["check"]],
  drill: [["drill", "--lose", "core/1"]],
  graph: [["graph"]],
  iam: [["iam"], ["iam", "--boundary"]],
  preview: [
    ["preview", "--base", "HEAD"],
    ["preview", "--base", "HEAD", "--format", "markdown"],
  ],
  diff: [["diff", "--sandbox"]],
  deploy: [["deploy", "--sandbox", "--yes"]],
  drift: [["drift", "--sandbox"]],
  status: [["status", "--sandbox"]],
  outputs: [["outputs", "--sandbox"]],
  destroy: [["destroy", "--sandbox", "--yes"]],
  doctor: [["doctor"]],
  init: "it reads no program",
  comment: "it posts what preview wrote",
  image: "it reads no services",
  catalog: "it reads no services",
  bootstrap: "it works in an account",
  unlock: "it works in an account",
  sandbox: "it prints names of clusters alone",
  completion: "it reads no program",
};

/** In the order of a life. */
const LIFE = [
  "doctor",
  "synth",
  "check",
  "drill",
  "graph",
  "iam",
  "preview",
  "diff",
  "deploy",
  "status",
  "outputs",
  "drift",
  "destroy",
] as const;

describe.skipIf(!(await engineIsThere()))(
  "values of variables, arguments, labels, files and tags",
  { timeout: 600_000 },
  () => {
    test("are printed by no verb, in no format, and what they are written to is for its owner alone", async () => {
      expect(Object.keys(RUNS).sort()).toEqual([...NAMES].sort());
      expect([...LIFE].sort()).toEqual(NAMES.filter((verb) => typeof RUNS[verb] !== "string").sort());
      const dir = await project({ "main.ts": program(1), ".gitignore": "node_modules\ncdktf.out\n.lightfleet\n" });
      const git = (...args: string[]) =>
        spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b.c", ...args], { cwd: dir });
      for (const args of [
        ["init", "-q"],
        ["add", "."],
        ["commit", "-qm", "one"],
      ])
        git(...args);
      const told: string[] = [];
      const run = async (...args: string[]): Promise<void> => {
        for (const more of args.includes("--format") ? [[]] : [[], ["--json"]]) {
          const { stdout, stderr } = await cli(dir, [...args, ...more]);
          for (const [canary] of (stdout + stderr).matchAll(/CANARY[A-Z]+\d/g))
            told.push(`${args.join(" ")} ${more.join()}: ${canary}`);
        }
      };
      await run("deploy", "--sandbox", "--yes");
      await writeFile(join(dir, "main.ts"), program(2));
      for (const verb of LIFE) for (const args of RUNS[verb] as readonly string[][]) await run(...args);
      expect([...new Set(told)]).toEqual([]);
      for (const folder of ["cdktf.out", ".lightfleet/sandbox"])
        expect(lstatSync(join(dir, folder)).mode & 0o077).toBe(0);
      for (const file of readdirSync(join(dir, "cdktf.out"), { recursive: true, encoding: "utf8" })) {
        const stat = lstatSync(join(dir, "cdktf.out", file));
        if (stat.isFile()) expect([file, stat.mode & 0o077]).toEqual([file, 0]);
      }
    });
  },
);

import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, tempDir } from "../commands/project.js";
import { git, repository } from "../commands/repository.js";

const RULES = 'import { destroys } from "lightfleet"; app.preview({ block: [destroys("service")] });';
const HARMLESS = program("shop")
  .replace(/^const web = .*$/m, "")
  .replace(/^new Gateway.*$/m, "");

/** A lock file that can be read. */
const LOCK = readFileSync(new URL("../../lightfleet.lock.json", import.meta.url), "utf8");

/** What a head may bring along beside its program, which removes a service that a rule of the base keeps. */
const BROUGHT: Readonly<Record<string, (dir: string) => void>> = {
  "a cache of the base's tree, with the marker of one that is whole": (dir) => {
    const tree = `.lightfleet/cache/preview/trees/${git(dir, "rev-parse", "main^{tree}")}`;
    for (const name of ["main.ts", "cdktf.json", "package.json"])
      write(dir, `${tree}/${name}`, name === "main.ts" ? HARMLESS : '{"type":"module","app":"main.ts"}');
    write(dir, `${tree}/.lightfleet-ready`, "locks ");
  },
  "a bundle of the base's program": (dir) => {
    for (const name of bundlesOf(dir)) write(dir, `.lightfleet/cache/program/${name}`, "process.exit(0)");
  },
  "attributes that write the base otherwise": (dir) => {
    write(dir, ".gitattributes", "*.ts working-tree-encoding=UTF-16 export-ignore filter=lfs\n* eol=crlf ident\n");
  },
  "a lock file, an output folder and settings of its own": (dir) => {
    write(dir, "lightfleet.lock.json", LOCK);
    write(dir, "cdktf.json", '{"app":"main.ts","output":"elsewhere","context":{"a":"b"}}');
    write(dir, "tsconfig.json", '{"compilerOptions":{"target":"ES2015"}}');
  },
  "what the last run was": (dir) => {
    write(dir, ".lightfleet/synthesis.json", '{"asked":"cdktf.out","outdir":"cdktf.out","clusters":[]}');
    write(dir, "cdktf.out/manifest.json", '{"stacks":{}}');
  },
  "links in place of files and folders": (dir) => {
    rmSync(join(dir, "cdktf.json"));
    write(dir, "other.json", '{"app":"main.ts"}');
    symlinkSync("other.json", join(dir, "cdktf.json"));
    rmSync(join(dir, ".lightfleet"), { recursive: true, force: true });
    symlinkSync(".", join(dir, ".lightfleet"));
  },
  "packages in git": (dir) => {
    write(dir, "node_modules/lightfleet-policy/index.js", "");
  },
  "a registry of its own": (dir) => {
    write(dir, ".npmrc", "registry=http://127.0.0.1:9/\n");
  },
  "other dependencies": (dir) => {
    write(dir, "package.json", '{"type":"module","dependencies":{"lightfleet":"file:./evil"}}');
  },
};

describe("a change that removes a service which a rule of the base keeps is blocked, whatever else it brings", () => {
  for (const [what, bring] of Object.entries(BROUGHT))
    test(what, async () => {
      const dir = await repository(program("shop", { more: RULES }));
      git(dir, "checkout", "-q", "-b", "change");
      writeFileSync(join(dir, "main.ts"), HARMLESS);
      git(dir, "commit", "-qam", "its program");
      bring(dir);
      git(dir, "add", "-Af", ".", ":!node_modules", ":!main.ts");
      if (what === "packages in git") git(dir, "add", "-f", "node_modules/lightfleet-policy");
      git(dir, "commit", "-qm", "change");
      const cache = await tempDir();
      const env = { XDG_CACHE_HOME: cache };
      const { exitCode, document } = await cliJson(dir, ["preview", "--base", "main", "--exit-code"], env);
      expect({ exitCode, document }).toMatchObject({
        ...{ exitCode: 1, document: { verdict: "blocked", head: { state: "read" } } },
      });
      const { base, clusters } = document as {
        base: { state: string; withheld?: true };
        clusters: { policy: object[] }[];
      };
      if (base.withheld !== true)
        expect(clusters[0]?.policy).toMatchObject([{ rule: 'destroys("service")', accepted: null }]);
      expect(readdirSync(join(cache, "lightfleet/preview"))).toEqual([]);
    });
});

function write(dir: string, name: string, text: string): void {
  mkdirSync(dirname(join(dir, name)), { recursive: true });
  writeFileSync(join(dir, name), text);
}

/** Names under which a program is kept once it is one module. */
function bundlesOf(dir: string): string[] {
  const folder = join(dir, ".lightfleet/cache/program");
  mkdirSync(folder, { recursive: true });
  return ["main-1d1b7f.mjs", ...readdirSync(folder)];
}

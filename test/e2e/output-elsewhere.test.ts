import { existsSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project, tempDir } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { openStandIn } from "./stand-in.js";

const elsewhere = program("odd").replace("new App()", 'new App({ outdir: "build/out/terraform" })');
/** Ways of writing to another folder than `cdktf.out`. */
const WAYS = [
  { way: "outdir of App", main: elsewhere, cdktf: {}, env: {} },
  { way: "output of cdktf.json", main: program("odd"), cdktf: { output: "build/out" }, env: {} },
  { way: "CDKTF_OUTDIR", main: program("odd"), cdktf: {}, env: { CDKTF_OUTDIR: "a/b/c" } },
  {
    way: "a shell program",
    main: program("odd"),
    cdktf: { app: "node program.mjs && true" },
    env: { CDKTF_OUTDIR: "a/b" },
  },
  { way: "nothing", main: program("odd"), cdktf: {}, env: {} },
];

/** A project whose program writes elsewhere. */
const projectFor = ({ main, cdktf }: (typeof WAYS)[number]): Promise<string> =>
  project({
    "main.ts": main,
    "program.mjs": main.replaceAll(": string", ""),
    "cdktf.json": JSON.stringify({ app: "main.ts", ...cdktf }),
  });

interface Document {
  readonly clusters: readonly { readonly stackFile: string; readonly stackDir: string }[];
}

/** Where the engine will keep the state. */
async function stateFile(document: unknown): Promise<string> {
  const { clusters } = document as Document;
  const { stackFile, stackDir } = clusters[0]!;
  const { terraform } = JSON.parse(await readFile(stackFile, "utf8"));
  return resolve(stackDir, terraform.backend.local.path);
}

describe("wherever the output goes", { timeout: 300_000 }, () => {
  test.each(WAYS)("the state lies beside the program, and status finds it: $way", async (way) => {
    const dir = await projectFor(way);
    const { document } = await cliJson(dir, ["synth"], way.env);
    expect(document).toMatchObject({ ok: true });
    expect(await stateFile(document)).toBe(join(dir, "terraform.odd.tfstate"));
    const looked = await cliJson(dir, ["status", "--sandbox"], way.env);
    expect(looked.document).toMatchObject({ ok: true, clusters: [{ id: "odd", deployed: false }] });
  });

  test("also where it leaves the project, by its own path or by a link", async () => {
    const outside = await tempDir();
    const dir = await project({ "main.ts": program("odd") });
    const far = await cliJson(dir, ["synth"], { CDKTF_OUTDIR: join(outside, "far") });
    expect(await stateFile(far.document)).toBe(join(dir, "terraform.odd.tfstate"));
    await mkdir(join(outside, "linked"));
    await symlink(join(outside, "linked"), join(dir, "cdktf.out"));
    const { document } = await cliJson(dir, ["synth"]);
    const { terraform } = JSON.parse(await readFile((document as unknown as Document).clusters[0]!.stackFile, "utf8"));
    expect(resolve(outside, "linked/stacks/odd", terraform.backend.local.path)).toBe(
      join(dir, "terraform.odd.tfstate"),
    );
  });

  test("a state that an earlier version kept beside the output is not lost sight of", async () => {
    const account = await openStandIn();
    const dir = await project({ "main.ts": elsewhere });
    const old = { version: 4, serial: 1, lineage: "x", terraform_version: "1.11.4", outputs: {}, resources: [{}] };
    await mkdir(join(dir, "build/out"), { recursive: true });
    await writeFile(join(dir, "build/out/terraform.odd.tfstate"), JSON.stringify(old));
    try {
      expect((await cliJson(dir, ["diff"], account.env)).document).toMatchObject({
        error: {
          code: "LF608",
          hint: expect.stringContaining("mv build/out/terraform.odd.tfstate terraform.odd.tfstate"),
        },
      });
    } finally {
      await account.close();
    }
  });
});

describe.skipIf(!(await engineIsThere()))("a deploy whose output is taken away", { timeout: 300_000 }, () => {
  test("finds what is deployed again", async () => {
    const account = await openStandIn();
    const dir = await project({ "main.ts": elsewhere });
    try {
      const deployed = await cliJson(dir, ["deploy", "--yes", "--no-wait"], account.env);
      expect(deployed.document).toMatchObject({ ok: true, clusters: [{ applied: true }] });
      expect(existsSync(join(dir, "terraform.odd.tfstate"))).toBe(true);
      await rm(join(dir, "build"), { recursive: true });
      const again = await cliJson(dir, ["deploy", "--yes", "--no-wait"], account.env);
      expect(again.document).toMatchObject({ ok: true, clusters: [{ applied: false }] });
    } finally {
      await account.close();
    }
  });
});

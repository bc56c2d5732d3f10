import { spawn } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { replaceFile } from "../../operations/replace-file.js";
import { BIN, cleanEnv, cli, cliJson } from "../commands/cli.js";
import { program, project } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { scriptIsThere } from "./terminal.js";

describe.skipIf(!(await engineIsThere()))("a plan that is reviewed before it is applied", { timeout: 300_000 }, () => {
  test("is applied as it is, and refused once its ground has moved", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const planned = await cli(dir, ["diff", "--sandbox", "--plan", "shop.plan"]);
    expect(planned.exitCode).toBe(2);
    expect(planned.stdout).toContain("'lightfleet deploy --plan shop.plan' applies exactly that");
    const deployed = await cliJson(dir, ["deploy", "--sandbox", "--yes", "--plan", "shop.plan"]);
    expect(deployed.document).toMatchObject({ ok: true, clusters: [{ id: "shop", applied: true }] });

    const again = await cliJson(dir, ["deploy", "--sandbox", "--yes", "--plan", "shop.plan"]);
    expect(again.document).toMatchObject({ error: { code: "LF602" } });
    expect(JSON.stringify(again.document)).toContain("was applied already");

    await cli(dir, ["diff", "--sandbox", "--plan", "next.plan"]);
    await writeFile(join(dir, "main.ts"), program("shop", { image: "web:2" }));
    const moved = await cliJson(dir, ["deploy", "--sandbox", "--yes", "--plan", "next.plan"]);
    expect(moved.document).toMatchObject({ error: { code: "LF602" } });
    expect(JSON.stringify(moved.document)).toMatch(/the program: \S+ changed/);

    const elsewhere = await cliJson(dir, ["deploy", "--yes", "--plan", "next.plan"]);
    expect(elsewhere.document).toMatchObject({ error: { code: "LF603" } });

    const targeted = await cliJson(dir, ["diff", "--sandbox", "--target", "web"]);
    expect(targeted.document).toMatchObject({
      clusters: [{ summary: { changes: [{ address: "aws_s3_object.release", action: "update" }] } }],
    });
    const unknown = await cliJson(dir, ["diff", "--sandbox", "--target", "wbe"]);
    expect(unknown).toMatchObject({ exitCode: 64, document: { error: { code: "LF605" } } });

    const outputs = await cliJson(dir, ["outputs", "--sandbox"]);
    expect(outputs.document).toMatchObject({
      clusters: [{ id: "shop", outputs: { public_url: { sensitive: false } } }],
    });
  });

  test.skipIf(!scriptIsThere())(
    "lies where only its owner gets at it, while a question is open and after a run that was killed",
    async () => {
      const dir = await project({ "main.ts": program("shop") });
      const plans = join(dir, ".lightfleet/sandbox/clusters/shop/plans");
      const child = spawn("script", ["-qec", `'${process.execPath}' '${BIN}' deploy --sandbox`, "/dev/null"], {
        ...{ cwd: dir, env: cleanEnv({ TERM: "xterm", CI: "" }), detached: true },
      });
      const ended = new Promise((done) => child.once("close", done));
      await new Promise<void>((asked) => {
        let output = "";
        child.stdout.on("data", (chunk: Buffer) => {
          output += chunk.toString();
          if (output.includes("[y/N]")) asked();
        });
      });
      const open = readdirSync(plans);
      expect(open).toEqual([expect.stringMatching(/^lightfleet-\d+\.tfplan$/)]);
      expect(statSync(plans).mode & 0o777).toBe(0o700);
      process.kill(Number(/\d+/.exec(open[0] ?? "")?.[0]), "SIGKILL");
      await ended;
      expect(readdirSync(plans)).toEqual(open);
      expect((await cli(dir, ["drift", "--sandbox"])).exitCode).toBe(0);
      expect(readdirSync(plans)).toEqual([]);
    },
  );

  test("is refused before planning where it cannot be written, and leaves nothing beside it", async () => {
    const dir = await project({ "main.ts": program("shop") });
    for (const place of [".", "none/shop.plan"]) {
      const refused = await cliJson(dir, ["diff", "--sandbox", "--plan", place]);
      expect(refused).toMatchObject({ exitCode: 64, document: { error: { code: "LF603" } } });
      expect(refused.stderr).not.toContain("planning");
    }
    await expect(replaceFile(dir, "text")).rejects.toThrow();
    expect(readdirSync(dirname(dir)).filter((name) => name.startsWith(`${basename(dir)}.`))).toEqual([]);
  });
});

import { describe, expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { project, program } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";
import { atTerminal, scriptIsThere } from "./terminal.js";

const deployAndAnswer = (dir: string, answer: string) => atTerminal(dir, "deploy --sandbox", [[/\[y\/N\]/, answer]]);

describe.skipIf(!scriptIsThere() || !(await engineIsThere()))("at a terminal", { timeout: 300_000 }, () => {
  test("no changes nothing, softly", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode, output } = await deployAndAnswer(dir, "n\n");
    expect(exitCode).toBe(1);
    expect(output).toContain("not confirmed: nothing was changed");
    expect(output).not.toContain("error");
    expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({ clusters: [{ deployed: false }] });
  });

  test("yes applies the plan, with a list that lives", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode, output } = await deployAndAnswer(dir, "y\n");
    expect(exitCode).toBe(0);
    expect(output).toMatch(/\u001b\[\d+A/);
    expect(output).toMatch(/\+ aws_vpc\.cluster created/);
    expect(output).not.toMatch(/\u001b\[\d+m/);
  });

  test("Ctrl-C at the question is an interrupt", async () => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode } = await deployAndAnswer(dir, "\u0003");
    expect(exitCode).toBe(130);
    expect((await cliJson(dir, ["status", "--sandbox"])).document).toMatchObject({ clusters: [{ deployed: false }] });
  });
});

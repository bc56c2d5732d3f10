import { expect, test } from "vitest";
import { cliJson, pathWithoutEngine } from "../commands/cli.js";
import { project, program } from "../commands/project.js";

const env = { LIGHTFLEET_ENGINE: "no-such-engine" };

test.each([["deploy", "--yes"], ["diff"], ["destroy", "--yes"]])(
  "%s says how to install an engine",
  async (...verb) => {
    const dir = await project({ "main.ts": program("shop") });
    const { exitCode, document } = await cliJson(dir, [...verb, "--sandbox"], env);
    expect({ exitCode, document }).toMatchObject({
      exitCode: 1,
      document: { error: { code: "LF065", hint: expect.stringMatching(/Terraform.*OpenTofu/) } },
    });
  },
);

test("an empty PATH has no engine either", async () => {
  const dir = await project({ "main.ts": program("shop") });
  const { document } = await cliJson(dir, ["diff", "--sandbox"], { PATH: pathWithoutEngine() });
  expect(document).toMatchObject({ error: { code: "LF065" } });
});

test("the other verbs work, and doctor says what is missing", async () => {
  const dir = await project({ "main.ts": program("shop") });
  expect((await cliJson(dir, ["synth"], env)).document).toMatchObject({ ok: true });
  expect((await cliJson(dir, ["status", "--sandbox"], env)).document).toMatchObject({ ok: true });
  expect((await cliJson(dir, ["sandbox", "reset"], env)).document).toMatchObject({ ok: true });
  const { exitCode, document } = await cliJson(dir, ["doctor"], env);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { ok: false, healthy: false } });
  expect(document["checks"]).toContainEqual(
    expect.objectContaining({ name: "Terraform or OpenTofu", status: "missing", required: true }),
  );
});

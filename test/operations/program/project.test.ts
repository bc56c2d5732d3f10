import { join } from "node:path";
import { expect, test } from "vitest";
import { readProject } from "../../../operations/program/project.js";
import { project, tempDir } from "../../commands/project.js";

const read = async (cdktf: string, env = {}) => readProject(await project({ "cdktf.json": cdktf }), env);

test("app, output folder and context are read", async () => {
  const dir = await project({ "cdktf.json": '{"app":" main.ts ","output":"out","context":{"a":1}}' });
  expect(await readProject(dir, {})).toEqual({ dir, app: "main.ts", outdir: join(dir, "out"), context: { a: 1 } });
});

test("the environment may name the output folder", async () => {
  const { dir, outdir } = await read('{"app":"main.ts"}', { CDKTF_OUTDIR: "there" });
  expect(outdir).toBe(join(dir, "there"));
  expect((await read('{"app":"main.ts"}')).outdir).toMatch(/\/cdktf\.out$/);
});

test("a folder without cdktf.json is a wrong call", async () => {
  await expect(readProject(await tempDir(), {})).rejects.toMatchObject({ code: "LF051", kind: "usage" });
});

test.each(["{", "[]", "{}", '{"app":""}', '{"app":1}', '{"app":"a.ts","output":1}', '{"app":"a.ts","context":[]}'])(
  "%s cannot be used",
  async (text) => {
    await expect(read(text)).rejects.toMatchObject({ code: "LF052", kind: "config" });
  },
);

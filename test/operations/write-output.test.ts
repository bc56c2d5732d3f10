import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { formatOf, writeOutput } from "../../operations/write-output.js";
import { fileError } from "../../errors/file-error.js";
import { tempDir } from "../commands/project.js";

test("no file of the program is replaced unless that is said", async () => {
  const dir = await tempDir();
  for (const file of ["main.ts", "lib.mjs", "package.json", "cdktf.json"]) {
    await writeFile(join(dir, file), '{ "mine": true }');
    await expect(writeOutput(dir, { file }, "new")).rejects.toMatchObject({ code: "LF641" });
    expect(await readFile(join(dir, file), "utf8")).toContain("mine");
    await writeOutput(dir, { file, overwrite: true }, "new");
    expect(await readFile(join(dir, file), "utf8")).toBe("new");
  }
});

test("what was written before is replaced", async () => {
  const dir = await tempDir();
  const list = '{ "format": "lightfleet-preview" }';
  for (const [file, text] of [
    ["preview.json", list],
    ["preview.md", "# old"],
    ["shop.svg", "<svg/>"],
  ] as const)
    for (const again of [text, text]) await writeOutput(dir, { file }, again);
});

test("folders are made in the project alone", async () => {
  const dir = await tempDir();
  expect(await writeOutput(dir, { file: "a/b/x.md" }, "x")).toBe(join(dir, "a/b/x.md"));
  await expect(writeOutput(dir, { file: join(dir, "../not-there/x.md") }, "x")).rejects.toMatchObject({
    code: "LF050",
  });
  expect(existsSync(join(dir, "../not-there"))).toBe(false);
});

test("a format is guessed by the ending", () => {
  const endings = { ".svg": "svg", ".md": "mermaid" } as const;
  expect([formatOf("a/B.SVG", endings), formatOf("x", endings), formatOf(undefined, endings)]).toEqual([
    ...["svg", undefined, undefined],
  ]);
});

test("what the file system refuses has its path and reason, and is no bug", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "file"), "");
  const thrown = await mkdir(join(dir, "file", "below"), { recursive: true }).catch((error: unknown) => error);
  expect(fileError(thrown)).toMatchObject({
    code: "LF640",
    kind: "external",
    message: expect.stringContaining("file"),
  });
  expect(fileError(Object.assign(new Error("full"), { code: "ENOSPC", syscall: "write" }))).toMatchObject({
    code: "LF640",
  });
  for (const other of [
    new Error("x"),
    "x",
    Object.assign(new Error("x"), { code: "ENOENT", syscall: "spawn terraform" }),
  ])
    expect(fileError(other)).toBeUndefined();
});

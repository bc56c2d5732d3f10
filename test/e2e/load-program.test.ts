import { mkdir, readdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cliJson } from "../commands/cli.js";
import { program, project, reports } from "../commands/project.js";

/** What a program printed, one value a line. */
const load = async (dir: string): Promise<string[]> => {
  await mkdir(join(dir, "cdktf.out"), { recursive: true });
  const { exitCode, stderr, document } = await cliJson(dir, ["synth"]);
  expect({ exitCode, stderr, document }).toMatchObject({ exitCode: 0, document: { ok: true, clusters: [] } });
  return stderr.trimEnd().split("\n");
};

/** What is said of a program that fails. */
const fail = async (dir: string) => {
  const { exitCode, document } = await cliJson(dir, ["synth"]);
  expect({ exitCode, document }).toMatchObject({ exitCode: 1, document: { ok: false } });
  return document["error"];
};

test("TypeScript modules, JSON, paths of tsconfig and .js specifiers are loaded", async () => {
  const dir = await project({
    "tsconfig.json": '{"compilerOptions":{"paths":{"@lib/*":["./lib/*"]}}}',
    "main.ts": `import { a } from "@lib/a"; import { b } from "./lib/b.js"; import data from "./data.json";\n${reports("a + b + data.c")}`,
    "lib/a.ts": `export const a: string = "a";`,
    "lib/b.ts": `enum E { B = "b" } export const b = E.B;`,
    "data.json": '{"c":"c"}',
  });
  expect(await load(dir)).toEqual(["abc"]);
});

test("each module knows where it is", async () => {
  const dir = await project({
    "main.ts": `import { here } from "./lib/here.ts";
      import { dirname } from "node:path"; import { fileURLToPath } from "node:url";
      const __dirname = dirname(fileURLToPath(import.meta.url));
      ${reports(`[__dirname, ...here].join()`)}`,
    "lib/here.ts": `#!/usr/bin/env node\nexport const here = [import.meta.url, import.meta.dirname, import.meta.filename, __dirname, __filename];`,
  });
  const lib = join(dir, "lib");
  const file = join(lib, "here.ts");
  expect(await load(dir)).toEqual([[dir, `file://${file}`, lib, file, lib, file].join()]);
});

test("a CommonJS project may require packages and files", async () => {
  const dir = await project({
    "package.json": "{}",
    "main.ts": `import path = require("path"); const { v } = require("./v.js"); const p = require("pkg");\n${reports("path.sep + v + p")}`,
    "v.js": `module.exports = { v: require("fs").constants.F_OK };`,
    "node_modules/pkg/package.json": '{"name":"pkg","main":"index.js"}',
    "node_modules/pkg/index.js": "module.exports = 'p';",
  });
  expect(await load(dir)).toEqual(["/0p"]);
});

test("a program sees its own arguments, folder, output folder and context", async () => {
  const seen = [
    "process.argv.slice(1).join()",
    "process.cwd()",
    "process.env.CDKTF_OUTDIR",
    "process.env.CDKTF_CONTEXT_JSON",
  ];
  const dir = await project({
    "cdktf.json": '{"app":"npx tsx src/main.ts --prod","context":{"a":1}}',
    "src/main.ts": reports(seen.map((expression) => `String(${expression})`).join(' + "\\n" + ')),
  });
  expect(await load(dir)).toEqual([`${dir}/src/main.ts,--prod`, dir, `${dir}/cdktf.out`, '{"a":1}']);
});

test("a program may synthesize after a wait, several times, and may exit", async () => {
  const dir = await project({
    "main.ts": `await new Promise((done) => setTimeout(done, 5)); ${reports("1")} ${reports("2")} process.exit(0);`,
  });
  expect(await load(dir)).toEqual(["1", "2"]);
});

test("a program that did not change is not written again", async () => {
  const dir = await project({ "main.ts": reports("1") });
  const cache = join(dir, ".lightfleet", "cache", "program");
  await load(dir);
  const [name = ""] = await readdir(cache);
  const before = await stat(join(cache, name));
  await load(dir);
  expect(await readdir(cache)).toEqual([name]);
  expect((await stat(join(cache, name))).ino).toBe(before.ino);
});

test("a program that cannot be read gives each mistake with its place", async () => {
  const dir = await project({
    "main.ts": `import "./lib.js";\nimport "./more.js";\n`,
    "lib.ts": "export const a = ;\n",
    "more.ts": "\nlet a; let a;\n",
  });
  expect(await fail(dir)).toMatchObject({
    code: "LF053",
    findings: expect.arrayContaining([
      expect.objectContaining({ source: { file: "lib.ts", line: 1, column: 18 } }),
      expect.objectContaining({ source: { file: "more.ts", line: 2, column: 12 } }),
    ]),
  });
});

test("what a program throws is shown with its line", async () => {
  const dir = await project({
    "main.ts": `import { fail } from "./lib.js";\nfail();\n`,
    "lib.ts": `interface X { a: 1 }\nexport function fail(): X {\n  throw new TypeError("no luck");\n}\n`,
  });
  expect(await fail(dir)).toMatchObject({
    code: "LF054",
    findings: [{ message: "TypeError: no luck", source: { file: "lib.ts", line: 3, column: 9 } }],
  });
});

test("what is no Error is shown too", async () => {
  const dir = await project({ "main.ts": `throw "a text";` });
  expect(await fail(dir)).toMatchObject({ code: "LF054", findings: [{ message: "a text" }] });
});

test("an error of Lightfleet stays as it is", async () => {
  const dir = await project({
    "main.ts": `throw Object.assign(new Error("m"), { [Symbol.for("lightfleet/error")]: true, code: "LF040", kind: "config", findings: [] });`,
  });
  expect(await fail(dir)).toMatchObject({ code: "LF040" });
});

test("a package that is not installed is a hint", async () => {
  const dir = await project({ "main.ts": `import "not-installed";` });
  expect(await fail(dir)).toMatchObject({
    code: "LF054",
    findings: [{ hint: expect.stringContaining("npm install") }],
  });
});

test("packages of a workspace may export TypeScript, and have packages of their own", async () => {
  const dir = await project({
    "main.ts": `import { infra } from "@acme/infra"; import { sub } from "@acme/infra/sub"; import plain from "plain";
      import { a } from "@lib/a";\n${reports("infra + sub + plain + a")}`,
    "tsconfig.json": '{"compilerOptions":{"paths":{"@lib/*":["./lib/*"]}}}',
    "lib/a.ts": `export const a: string = "a";`,
    "packages/infra/package.json":
      '{"name":"@acme/infra","type":"module","exports":{".":"./src/index.ts","./sub":{"import":"./src/sub.ts"}}}',
    "packages/infra/src/index.ts": `import own from "own"; import plain from "plain"; import { App } from "lightfleet";
      enum E { X = "x" } export const infra: string = E.X + own + plain + typeof App;`,
    "packages/infra/src/sub.ts": `import { join } from "node:path"; export const sub: string = join("s", "t");`,
    "packages/infra/node_modules/own/package.json": '{"name":"own","type":"module","exports":{"import":"./own.js"}}',
    "packages/infra/node_modules/own/own.js": "export default 'o';",
    "packages/plain/package.json": '{"name":"plain","main":"index.js"}',
    "packages/plain/index.js": "module.exports = 'p';",
  });
  await mkdir(join(dir, "node_modules/@acme"));
  await symlink("../../packages/infra", join(dir, "node_modules/@acme/infra"), "dir");
  await symlink("../packages/plain", join(dir, "node_modules/plain"), "dir");
  expect(await load(dir)).toEqual(["xopfunctions/tpa"]);
});

test("a program that exits before it synthesizes says so", async () => {
  const dir = await project({ "main.ts": `process.exit(3);` });
  expect(await fail(dir)).toMatchObject({
    code: "LF054",
    findings: [{ source: { file: "main.ts", line: 1 } }],
  });
});

test("a file that is not there is named", async () => {
  const dir = await project({});
  expect(await fail(dir)).toMatchObject({ code: "LF062" });
});

test("a program that never synthesizes says so, be it that it still waits for something", async () => {
  const dir = await project({ "main.ts": "void new Promise(() => undefined);" });
  expect(await fail(dir)).toMatchObject({ code: "LF055" });
});

test("what fails where nobody waits for it is shown with its line", async () => {
  const dir = await project({
    "main.ts": `async function main() {\n  await null;\n  throw new Error("late");\n}\nvoid main();\n`,
  });
  expect(await fail(dir)).toMatchObject({
    code: "LF054",
    findings: [{ source: { file: "main.ts", line: 3, column: 9 } }],
  });
});

test("any other app runs in a shell, and says what it wrote by the manifest", async () => {
  const other = `import { TerraformStack } from "cdktf"; new TerraformStack(app, "two"); console.log("hello");`;
  const files = { "cdktf.json": '{"app":"node main.mjs && true"}', "main.mjs": program("one", { more: other }) };
  const dir = await project(files);
  const { exitCode, stderr, document } = await cliJson(dir, ["synth"]);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/^hello\n/);
  expect(document).toMatchObject({
    clusters: [{ id: "one", stackDir: join(dir, "cdktf.out/stacks/one") }],
    otherStacks: ["two"],
  });
});

test("an app that fails in a shell, or writes nothing, is told apart", async () => {
  expect(await fail(await project({ "cdktf.json": '{"app":"exit 3"}' }))).toMatchObject({ code: "LF056" });
  expect(await fail(await project({ "cdktf.json": '{"app":"true"}' }))).toMatchObject({ code: "LF061" });
});

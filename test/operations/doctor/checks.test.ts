import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkCliConfig } from "../../../operations/doctor/cli-config.js";
import { checkCopies } from "../../../operations/doctor/copies.js";
import { checkCredentials } from "../../../operations/doctor/credentials.js";
import { checkEngine } from "../../../operations/doctor/engine.js";
import { checkEsbuild } from "../../../operations/doctor/esbuild.js";
import { checkNode } from "../../../operations/doctor/node.js";
import { checkProject } from "../../../operations/doctor/project.js";
import { tempDir } from "../../commands/project.js";

test.each([
  ["20.19.0", "ok"],
  ["24.1.0", "ok"],
  ["20.18.3", "missing"],
  ["18.20.0", "missing"],
])("Node %s is %s", (version, status) => {
  expect(checkNode(version)).toMatchObject({ status, required: true });
});

test("a missing engine comes with the way to get it", async () => {
  const check = await checkEngine({ PATH: await tempDir() }, "/");
  expect(check).toMatchObject({ status: "missing", required: true, hint: expect.stringContaining("OpenTofu") });
});

test("a CLI configuration that is named and not there is told", async () => {
  const dir = await tempDir();
  expect(checkCliConfig({}, dir)).toEqual([]);
  expect(checkCliConfig({ TF_CLI_CONFIG_FILE: dir }, dir)).toMatchObject([{ status: "ok" }]);
  const [missing] = checkCliConfig({ TF_CLI_CONFIG_FILE: join(dir, "none") }, dir);
  expect(missing).toMatchObject({ status: "missing", required: false, detail: /TF_CLI_CONFIG_FILE names/ });
});

test("esbuild is there", async () => {
  expect(await checkEsbuild()).toMatchObject({ status: "ok" });
});

test("credentials are looked for, and not needed", async () => {
  const home = await tempDir();
  expect(checkCredentials({}, home)).toMatchObject({ status: "missing", required: false });
  expect(checkCredentials({ AWS_PROFILE: "dev" }, home)).toMatchObject({ status: "ok", detail: "by AWS_PROFILE" });
  await mkdir(join(home, ".aws"));
  await writeFile(join(home, ".aws", "credentials"), "");
  const check = checkCredentials({ AWS_ACCESS_KEY_ID: "AKIASECRET" }, home);
  expect(check).toMatchObject({ status: "ok", detail: expect.stringContaining("credentials") });
  expect(check.detail).not.toContain("AKIASECRET");
});

test("a project is what cdktf.json says", async () => {
  const dir = await tempDir();
  expect(await checkProject(dir, {})).toMatchObject({ status: "missing", required: false });
  await writeFile(join(dir, "cdktf.json"), '{"app":"npx tsx main.ts"}');
  expect(await checkProject(dir, {})).toMatchObject({ status: "missing", detail: expect.stringContaining("main.ts") });
  await writeFile(join(dir, "main.ts"), "");
  expect(await checkProject(dir, {})).toMatchObject({ status: "ok" });
});

const install = async (folder: string, name: string, version: string): Promise<void> => {
  await mkdir(join(folder, "node_modules", name), { recursive: true });
  await writeFile(join(folder, "node_modules", name, "package.json"), JSON.stringify({ name, version }));
};

test("two copies of a core library are found", async () => {
  const dir = await tempDir();
  expect(checkCopies(dir)).toMatchObject({ status: "missing", required: false });
  for (const name of ["lightfleet", "cdktf", "constructs"]) await install(dir, name, "1.0.0");
  expect(checkCopies(dir)).toMatchObject({ status: "ok", detail: "one copy each: cdktf 1.0.0, constructs 1.0.0" });
  await install(join(dir, "node_modules", "lightfleet"), "constructs", "2.0.0");
  expect(checkCopies(dir)).toMatchObject({
    status: "missing",
    required: true,
    detail: expect.stringContaining("2 copies of constructs"),
  });
});

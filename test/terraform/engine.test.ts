import { join } from "node:path";
import { expect, test } from "vitest";
import { findEngine } from "../../terraform/engine.js";
import { isAtLeast, parseVersion } from "../../terraform/version.js";
import { fakeBinary, tempDir } from "./workspace.js";

const answers = (version: string): string => `echo '{"terraform_version":"${version}","provider_selections":{}}'`;

test("terraform is preferred over tofu", async () => {
  const [tofu, terraform] = [
    await fakeBinary("tofu", answers("1.8.0")),
    await fakeBinary("terraform", answers("1.9.1")),
  ];
  const engine = await findEngine({ PATH: `${tofu}:${terraform}` });
  expect(engine).toEqual({ name: "terraform", path: join(terraform, "terraform"), version: "1.9.1" });
});

test("tofu is found where there is no terraform", async () => {
  const tofu = await fakeBinary("tofu", answers("1.6.0"));
  expect(await findEngine({ PATH: tofu })).toEqual({ name: "tofu", path: join(tofu, "tofu"), version: "1.6.0" });
});

test("LIGHTFLEET_ENGINE takes a name", async () => {
  const [tofu, terraform] = [
    await fakeBinary("tofu", answers("1.8.0")),
    await fakeBinary("terraform", answers("1.9.1")),
  ];
  const engine = await findEngine({ PATH: `${terraform}:${tofu}`, LIGHTFLEET_ENGINE: "tofu" });
  expect(engine).toMatchObject({ name: "tofu", version: "1.8.0" });
});

test("LIGHTFLEET_ENGINE takes a path, absolute or relative to the directory", async () => {
  const folder = await fakeBinary("my-tofu", answers("1.10.0"));
  const absolute = await findEngine({ PATH: "", LIGHTFLEET_ENGINE: join(folder, "my-tofu") });
  const relative = await findEngine({ PATH: "", LIGHTFLEET_ENGINE: "./my-tofu" }, folder);
  expect(absolute).toMatchObject({ name: "tofu", version: "1.10.0" });
  expect(relative).toEqual(absolute);
});

test("no engine says how to install one", async () => {
  const none = findEngine({ PATH: await tempDir() });
  await expect(none).rejects.toMatchObject({ code: "LF065", hint: expect.stringMatching(/Terraform.*OpenTofu/) });
});

test("an engine that LIGHTFLEET_ENGINE names and that is not there is not replaced by another", async () => {
  const terraform = await fakeBinary("terraform", answers("1.9.1"));
  await expect(findEngine({ PATH: terraform, LIGHTFLEET_ENGINE: "tofu" })).rejects.toMatchObject({ code: "LF065" });
});

test.each([
  ["terraform", "1.4.7"],
  ["tofu", "1.5.9"],
])("%s %s is too old", async (name, version) => {
  await expect(findEngine({ PATH: await fakeBinary(name, answers(version)) })).rejects.toMatchObject({ code: "LF066" });
});

test.each(["echo hello", "exit 3", "echo '{}'"])("a binary that does '%s' is no engine", async (script) => {
  await expect(findEngine({ PATH: await fakeBinary("terraform", script) })).rejects.toMatchObject({ code: "LF067" });
});

test("versions are compared by number, and a pre-release counts as its release", () => {
  expect(isAtLeast("1.10.0", "1.9.9")).toBe(true);
  expect(isAtLeast("1.5.0-beta1", "1.5.0")).toBe(true);
  expect(isAtLeast("1.4.99", "1.5.0")).toBe(false);
  expect(isAtLeast("2.0.0", "1.5.0")).toBe(true);
  expect(parseVersion('{"terraform_version":"1.6.0-alpha4"}')).toBe("1.6.0-alpha4");
  expect(parseVersion("Terraform v1.5.0")).toBeUndefined();
});

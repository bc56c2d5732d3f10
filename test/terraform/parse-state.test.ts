import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hasResources, holdsResources, lastBackend, refuseUnfitBackend } from "../../operations/state/backend.js";
import { stateFacts } from "../../operations/plan/stale-plan.js";
import { tempDir } from "../commands/project.js";

const CUT = '{"version":4,"serial":1,"resources":[{"mode":"man';
const BROKEN = expect.objectContaining({ code: "LF622", kind: "config" });

test("a state that was cut off is told as such, with its name, and how to get it back", async () => {
  const dir = await tempDir();
  const file = join(dir, "terraform.q.tfstate");
  await writeFile(file, CUT);
  await expect(holdsResources(file)).rejects.toMatchObject({
    code: "LF622",
    message: "the state in terraform.q.tfstate cannot be read: it is cut off, or no JSON",
    hint: expect.stringContaining(".backup"),
  });
  expect(() => hasResources(CUT, "the state")).toThrow(BROKEN);
  expect(() => stateFacts(CUT)).toThrow(BROKEN);
  expect(() => stateFacts('{"version":3}')).toThrow(BROKEN);
});

test("it is refused before the engine starts, be the state kept in that file or in a bucket by now", async () => {
  const dir = await tempDir();
  await writeFile(join(dir, "terraform.q.tfstate"), CUT);
  const cluster = { id: "q", stackDir: join(dir, "cdktf.out", "stacks", "q") };
  const engine = { name: "terraform", path: "/bin/terraform", version: "1.11.4" } as const;
  const backends = [
    { kind: "local", path: "../../../terraform.q.tfstate" },
    { kind: "s3", bucket: "acme-state", key: "q", region: "eu-west-1" },
  ] as const;
  for (const backend of backends)
    await expect(refuseUnfitBackend(backend, engine, cluster, dir)).rejects.toMatchObject({
      ...{ code: "LF622", message: expect.stringContaining("terraform.q.tfstate") },
    });
});

test("a note of the last backend that was cut off is none", async () => {
  const dir = await tempDir();
  await mkdir(join(dir, ".terraform"));
  await writeFile(join(dir, ".terraform", "terraform.tfstate"), '{"version":3,"back');
  expect(await lastBackend(dir)).toBeUndefined();
});

import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findWritten, readStack } from "../../../operations/program/output-folder.js";
import { tempDir } from "../../commands/project.js";

test("a manifest that is not there says that nothing was synthesized, one that was cut off that it cannot be read", async () => {
  const dir = await tempDir();
  const outdir = join(dir, "cdktf.out");
  await expect(findWritten({ dir, outdir })).rejects.toMatchObject({
    ...{ code: "LF061", message: "there is no cdktf.out/manifest.json: nothing was synthesized" },
  });
  await mkdir(outdir);
  await writeFile(join(outdir, "manifest.json"), '{"stacks":{"sh');
  await expect(findWritten({ dir, outdir })).rejects.toMatchObject({
    code: "LF061",
    message: "cdktf.out/manifest.json cannot be read: it is cut off, or no JSON",
    hint: expect.stringContaining("lightfleet synth"),
  });
});

test("so says the Terraform JSON of a cluster; where it is not there, nothing is known", async () => {
  const dir = await tempDir();
  const stackDir = join(dir, "cdktf.out", "stacks", "shop");
  const cluster = { stackDir, stackFile: join(stackDir, "cdk.tf.json") };
  expect(await readStack(cluster)).toBeUndefined();
  await mkdir(stackDir, { recursive: true });
  await writeFile(cluster.stackFile, "{");
  await expect(readStack(cluster)).rejects.toMatchObject({
    ...{ code: "LF061", message: expect.stringContaining("cdktf.out/stacks/shop/cdk.tf.json cannot be read") },
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { resourceAt } from "../../../program/document.js";
import { small } from "../../../program/small.js";
import { errorOf, synthesize } from "../../../program/synthesize.js";

/** Runs in a project with that lock file. */
function withLock(text: string): void {
  const before = process.cwd();
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-lock-"));
  writeFileSync(join(dir, "lightfleet.lock.json"), text);
  process.chdir(dir);
  onTestFinished(() => {
    process.chdir(before);
    rmSync(dir, { recursive: true, force: true });
  });
}

const program = () =>
  synthesize((app) => {
    small(app, { fleet: { machine: "m7i.large" } });
  });

test("the lock file pins images by region, release and architecture", () => {
  withLock(
    JSON.stringify({ version: 1, images: { "eu-west-1": { "photon-5.0-x86_64": { id: "ami-0123456789abcdef0" } } } }),
  );
  const { document, model } = program();
  expect(model.fleets.find(({ id }) => id === "core")?.os.image).toBe("ami-0123456789abcdef0");
  expect(resourceAt(document, "aws_launch_template.core")["image_id"]).toBe("ami-0123456789abcdef0");
  expect(resourceAt(document, "aws_launch_template.control")["image_id"]).toBe(
    "resolve:ssm:/lightfleet/images/photon-5.0-arm64",
  );
});

test("a lock file that is broken ends the synthesis", () => {
  withLock("{");
  expect(errorOf(program)).toMatchObject({ code: "LF031" });
});

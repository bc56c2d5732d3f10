import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { resourcesOf, textAt } from "../program/document.js";
import { examples } from "../program/examples.js";
import { absent, offer } from "./lab.js";

describe.skipIf(absent() !== undefined).each(examples)("the user data of examples/$name", ({ name, run }) => {
  test("is what cloud-init takes", async () => {
    const { document } = await run();
    for (const [fleet, template] of Object.entries(resourcesOf(document, "aws_launch_template"))) {
      const bytes = Buffer.from(textAt(template, "user_data"), "base64");
      const path = offer(`${name}-${fleet}.yaml`, gunzipSync(bytes));
      const base = join(process.env["LF_HOME"] ?? "/var/lib/lfharness", "base");
      const said = execFileSync("chroot", [base, "cloud-init", "schema", "--config-file", path], { encoding: "utf8" });
      rmSync(join(base, path));
      console.log(`${name}/${fleet}: ${bytes.length} bytes; ${said.trim()}`);
      expect(said).toContain("Valid cloud-config");
      expect(bytes.length).toBeLessThanOrEqual(16_384);
    }
  }, 60_000);
});

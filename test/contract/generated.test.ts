import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { whyNoRealProvider } from "./real-provider.js";

if (whyNoRealProvider !== undefined) console.log(`skipped: ${whyNoRealProvider}`);

describe.skipIf(whyNoRealProvider !== undefined)("schema and facts", () => {
  it("are what the real provider says", { timeout: 300_000 }, () => {
    // All types take minutes; `npm run generate -- --check` asks about them all.
    const types = "--types=aws_lb_listener_rule,aws_lb_target_group,aws_s3_object,aws_subnet,aws_vpc";
    const done = spawnSync(process.execPath, ["scripts/generate.mjs", "--check", "schema", "facts", types], {
      encoding: "utf8",
    });
    expect(done).toMatchObject({ status: 0, stdout: "schema.json is up to date\nfacts.json is up to date\n" });
  });
});

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { BIN, cleanEnv } from "../commands/cli.js";
import { installLightfleet, program, tempDir } from "../commands/project.js";
import { engineIsThere } from "../terraform/workspace.js";

const MOUNTS = spawnSync("unshare", ["-m", "true"]).status === 0;
if (!MOUNTS) process.stderr.write("skipped: no mount namespace may be made here\n");

/** A disk of its own, which nobody else sees, mounted at a folder as long as the test runs. */
async function disk(folder: string): Promise<(args: readonly string[], env: NodeJS.ProcessEnv) => Answer> {
  const script = 'mount -t tmpfs -o size=64m tmpfs "$0" && echo ready && exec sleep 600';
  const holder = spawn("unshare", ["-m", "sh", "-c", script, folder], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void holder.kill("SIGKILL"));
  await once(holder.stdout, "data");
  return (args, env) => {
    const enter = ["-m", "-t", String(holder.pid), "sh", "-c", 'cd "$0" && exec "$@"', folder];
    const done = spawnSync("nsenter", [...enter, ...args], { env, encoding: "utf8", maxBuffer: 2 ** 26 });
    return { status: done.status, stdout: done.stdout, stderr: done.stderr };
  };
}

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Something that fills the disk when it is made, and something after it that the state has no room for. */
const filling = (command: string): string => {
  const fill = { depends_on: ["aws_vpc.cluster"], provisioner: [{ "local-exec": { command } }] };
  const after = { input: "x".repeat(50_000), depends_on: ["terraform_data.fill"] };
  return program("shop", {
    more: `cluster.addOverride("resource.terraform_data", ${JSON.stringify({ fill, after })});`,
  });
};

describe.skipIf(!MOUNTS || !(await engineIsThere()))("a disk that fills in mid-apply", { timeout: 300_000 }, () => {
  test.each(["home", "temporary"])(
    "loses no state: it is kept and named (%s), and saved by the next run",
    async (takes) => {
      const [folder, home, tmp] = [await tempDir(), await tempDir(), await tempDir()];
      const inside = await disk(folder);
      const env = cleanEnv({ HOME: takes === "home" ? home : "/proc/nowhere", TMPDIR: tmp });
      const lightfleet = (...args: string[]): Record<string, unknown> =>
        JSON.parse(inside([process.execPath, BIN, ...args, "--json"], env).stdout);
      const seed = await tempDir();
      await installLightfleet(seed);
      for (const [name, text] of Object.entries({
        "package.json": '{"type":"module"}',
        "cdktf.json": '{"app":"main.ts"}',
        "main.ts": filling("cat /dev/zero > filler; true"),
        "next.ts": filling("true"),
      }))
        await writeFile(join(seed, name), text);
      inside(["cp", "-a", `${seed}/.`, "."], env);

      const failed = lightfleet("deploy", "--sandbox", "--yes");
      const places = takes === "home" ? home : tmp;
      const kept = readdirSync(places).find((name) => name.endsWith("errored.tfstate")) ?? "none";
      expect(failed).toMatchObject({
        error: {
          code: "LF638",
          message: expect.stringContaining(`could NOT be saved: it is in ${join(places, kept)}`),
        },
      });
      expect(JSON.stringify(failed)).not.toContain("printed above");
      expect(statSync(join(places, kept)).mode & 0o777).toBe(0o600);
      expect(await readFile(join(places, kept), "utf8")).toContain('"aws_vpc"');

      inside(["sh", "-c", "rm -f .lightfleet/sandbox/clusters/shop/filler; mv next.ts main.ts"], env);
      const next = lightfleet("deploy", "--sandbox", "--yes");
      expect(next).toMatchObject({ ok: true });
      expect(existsSync(join(places, kept))).toBe(false);
      // Only what the full disk kept from being made, or being noted as done, is made: no VPC a second time.
      expect(JSON.stringify(next)).not.toMatch(/"address":"aws_vpc\.cluster"[^}]*"action":"create"/);
      expect(lightfleet("diff", "--sandbox")).toMatchObject({ changes: false });
    },
  );
});

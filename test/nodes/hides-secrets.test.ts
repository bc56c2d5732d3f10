import { randomBytes } from "node:crypto";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { absent, aws, on, until } from "./lab.js";
import { cluster, leader, nodes, userDataOf, workers } from "./cluster.js";
import { put, release, settled } from "./release.js";

const NAME = "/shop/canary";

describe.skipIf(absent() !== undefined)("a secret", () => {
  const first = `canary-${randomBytes(12).toString("hex")}`;
  const second = `canary-${randomBytes(12).toString("hex")}`;
  const keep = (value: string): Promise<string> =>
    aws("ssm", "put-parameter", "--name", NAME, "--type", "SecureString", "--overwrite", "--value", value);
  const read = async (): Promise<string> => {
    for (const { name } of workers()) {
      const text = await on(
        name,
        "for c in $(docker ps -q --filter name=shop_web --filter health=healthy); do docker exec $c cat /run/secrets/canary; done; true",
      );
      if (text !== "") return text;
    }
    return "";
  };

  beforeAll(cluster, 1_000_000);

  test("comes to the tasks as a file", async () => {
    await keep(first);
    const { text } = release({ web: "v2", secret: NAME });
    expect(text).not.toContain(first);
    const { value } = await settled(await put(text));
    expect(value).toMatchObject({ release: { state: "converged" } });
    expect(await read()).toContain(first);
  }, 300_000);

  test("of a new version is brought to its service, and the old one is pruned", async () => {
    await keep(second);
    await until("the new value", 240, read, (text) => text.includes(second) && !text.includes(first));
    const { name } = await leader();
    await until(
      "the old secret is gone",
      180,
      () => on(name, "docker secret ls --format '{{.Name}}'"),
      (text) => text.trim().split("\n").length === 1,
    );
  }, 500_000);

  test("stands in no user data, specification, journal or file of a node", async () => {
    const manager = await leader();
    const inspected = await on(
      manager.name,
      "docker service ls -q | xargs docker service inspect; docker config ls -q | xargs -r docker config inspect; docker secret ls -q | xargs docker secret inspect",
    );
    for (const value of [first, second]) expect(inspected).not.toContain(value);
    for (const { name } of nodes()) {
      const line = `journalctl --no-pager -o cat | grep -c canary-; grep -rslE '${first}|${second}' /var/lib/lightfleet /etc /opt /run/lightfleet /var/log 2>/dev/null; true`;
      expect((await on(name, line)).trim(), name).toBe("0");
    }
    for (const fleet of ["control", "core", "load"])
      expect(gunzipSync(await userDataOf(fleet)).toString()).not.toContain("canary-");
    const status = await aws(
      "s3api",
      "get-object",
      "--bucket",
      "lightfleet-shop-lab",
      "--key",
      "status.json",
      "/tmp/status.json",
    );
    expect(status).not.toContain("canary-");
  }, 200_000);

  test("stands in no plan, state or output of Terraform, for a program that uses it", () => {
    const dir = mkdtempSync(join(tmpdir(), "lightfleet-canary-"));
    const root = fileURLToPath(new URL("../..", import.meta.url));
    try {
      mkdirSync(join(dir, "node_modules"));
      symlinkSync(root, join(dir, "node_modules/lightfleet"));
      cpSync(join(root, "examples/minimal/cdktf.json"), join(dir, "cdktf.json"));
      writeFileSync(
        join(dir, "main.ts"),
        `import { App, aws, Cluster, Fleet, Secret, Service, ssm } from "lightfleet";
const app = new App();
const shop = new Cluster(app, "shop", { platform: aws({ region: "eu-west-1" }) });
const core = new Fleet(shop, "core", { machine: "m7i.large", size: 3 });
new Service(shop, "web", { on: core, image: "web:1", secrets: { canary: new Secret(shop, "canary", { source: ssm("${NAME}") }) } });
app.synth();
`,
      );
      execFileSync(process.execPath, ["scripts/build.mjs", "--quick"], { cwd: root });
      const cli = join(root, "dist/bin/lightfleet.js");
      const said = execFileSync(process.execPath, [cli, "deploy", "--sandbox", "--yes"], {
        cwd: dir,
        encoding: "utf8",
      });
      expect(said).not.toContain("canary-");
      for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true }))
        if (entry.isFile() && !entry.parentPath.includes("node_modules"))
          expect(readFileSync(join(entry.parentPath, entry.name)).includes(second), entry.name).toBe(false);
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }, 200_000);
});

import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { command, rolling, Secret, Service, ssm, tcp, Volume, type Model } from "lightfleet";
import { Hole } from "../../node/json.js";
import { releaseBundle } from "../../node/release.js";
import { examples } from "../program/examples.js";
import { small } from "../program/small.js";
import { synthesize } from "../program/synthesize.js";

const docker = spawnSync("docker", ["stack", "config", "--help"]).status === 0;
if (!docker) console.log("skipped: no docker command line to read stacks with");

const bundleShape = z.looseObject({
  stack: z.looseObject({}),
  secrets: z.record(z.string(), z.unknown()),
  configs: z.record(z.string(), z.unknown()),
});

/** What only Terraform knows, as if it were known. */
const filled = (_: string, value: unknown): unknown => (value instanceof Hole ? value.template : value);

/** What Docker's own command line says of the stack of a model, completed as a manager does it. */
function read(model: Model): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
  const { stack, secrets, configs } = bundleShape.parse(
    JSON.parse(JSON.stringify(releaseBundle(model, { volumeHosts: new Map() }), filled)),
  );
  const external = (entries: object): object =>
    Object.fromEntries(Object.keys(entries).map((key) => [key, { external: true, name: key }]));
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-stack-"));
  try {
    const file = join(dir, "stack.json");
    writeFileSync(file, JSON.stringify({ ...stack, secrets: external(secrets), configs: external(configs) }));
    return spawnSync("docker", ["--config", dir, "stack", "config", "-c", file], { encoding: "utf8" });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

describe.skipIf(!docker)("Docker's command line takes the stack, and ignores nothing of it", () => {
  test.each(examples)("of examples/$name", async ({ run }) => {
    expect(read((await run()).model)).toMatchObject({ status: 0, stderr: "" });
  });

  test("of services that have all that can be had", () => {
    const { model } = synthesize((app) => {
      const { cluster, fleet } = small(app);
      new Service(cluster, "full", {
        on: fleet,
        image: "full:1",
        replicas: 3,
        ports: { main: 80, admin: { port: 81 } },
        cpu: 0.25,
        cpuLimit: 1,
        memory: "64MiB",
        memoryLimit: "128MiB",
        pids: 100,
        shm: "32MiB",
        maxPerVm: 2,
        env: { PRICE: "$5 ${NOT_A_VARIABLE}" },
        args: ["serve", "--price=$5"],
        user: "1000:1000",
        openFiles: 4096,
        sysctl: { "net.core.somaxconn": 1024 },
        health: tcp({ port: 80 }),
        rollout: rolling({ parallel: 2, order: "stop-first", pause: "5s", onFailure: "pause" }),
        stopGrace: "20s",
        secrets: { key: new Secret(cluster, "key", { source: ssm("/shop/key") }) },
        volumes: { "/data": new Volume(cluster, "data"), "/media": new Volume(cluster, "media", { shared: true }) },
        files: {
          "/etc/full.conf": "x",
          "/run.sh": { content: "x", mode: 0o755, uid: 1000, gid: 1000 },
          "/etc/key": { content: Uint8Array.of(0xff) },
        },
        readOnly: true,
        capabilities: ["NET_BIND_SERVICE"],
        entrypoint: ["/bin/$x"],
        workingDir: "/app",
        hostname: "full",
        init: true,
        tty: true,
        stopSignal: "SIGQUIT",
        tmpfs: { "/tmp": "64MiB" },
        ulimits: { memlock: -1, core: { soft: 0, hard: 1 } },
        extraHosts: { "ldap.example.com": "10.1.2.3" },
        dns: ["10.1.2.4"],
        restart: { condition: "on-failure", delay: "1s", maxAttempts: 3, window: "1m" },
        labels: { team: "core" },
      });
      new Service(cluster, "agent", {
        on: fleet,
        image: "agent:1",
        everywhere: true,
        health: command(["true"]),
        discovery: "dns",
        dropCapabilities: ["MKNOD"],
        port: 9000,
        hostPort: 9000,
      });
    });
    const { status, stdout, stderr } = read(model);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("serve");
    expect(stdout).toContain("awslogs-group: /lightfleet/shop");
  });
});

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { median, race, runOnce } from "../harness.mjs";
import { ratio, ratioTable, seconds, table, target } from "../report.mjs";

export const name = "release";

/** How many services; fewer are enough for a look. */
const SERVICES = Number(process.env.LIGHTFLEET_BENCH_SERVICES ?? 5_000);
const agent = fileURLToPath(new URL("../programs/agent.py", import.meta.url));
const PATH = [process.env.LIGHTFLEET_DOCKERD_PATH, process.env.PATH, "/usr/sbin", "/sbin"]
  .filter(Boolean)
  .join(delimiter);
const env = { ...process.env, PATH };

/** A release of thousands of services on a real engine, beside `docker stack deploy` of all of them. */
export async function run({ runs, log }) {
  const title = `A release of ${SERVICES} services`;
  const absent = whyNot();
  if (absent !== undefined) return { title, text: `Not measured here: ${absent}.`, tables: [], targets: [] };
  const home = mkdtempSync(join(tmpdir(), "lightfleet-bench-release-"));
  const engines = [new Engine(join(home, "ours")), new Engine(join(home, "theirs"))];
  try {
    for (const engine of engines) await engine.ready();
    const [ours, theirs] = engines;
    const files = { bundle: join(home, "bundle.json"), stack: join(home, "stack.json") };
    let version = 0;
    // Each time the last service has another image.
    const change = () => {
      const stack = stackOf(++version);
      writeFileSync(files.bundle, JSON.stringify({ version: 1, cluster: "bench", stack }));
      writeFileSync(files.stack, JSON.stringify(stack));
    };
    const contenders = {
      ours: {
        name: "lightfleet's agent",
        argv: ["python3", agent, files.bundle],
        env: { ...env, LIGHTFLEET_SOCKET: ours.socket, LIGHTFLEET_HOME: home },
        before: change,
      },
      theirs: {
        name: "docker stack deploy",
        argv: ["docker", "stack", "deploy", "--resolve-image", "never", "-c", files.stack, "bench"],
        env: { ...env, DOCKER_HOST: `unix://${theirs.socket}` },
      },
    };
    const first = { ours: await runOnce(contenders.ours), theirs: await runOnce(contenders.theirs) };
    log("all services are made");
    const times = await race([contenders.ours, contenders.theirs], { runs, log });
    const took = median(times.get(contenders.ours.name));
    return {
      title,
      text: "Services whose tasks no node can take, on an engine of its own for each, with images that no registry is asked for; the agent's time from its start to the written record, offers to the engine included. First the release of all, then one service that changed.",
      tables: [
        table(
          ["", `× ${contenders.theirs.name}`],
          [[`${contenders.ours.name}, all services`, ratio(first.ours / first.theirs)]],
        ),
        ratioTable(times, contenders.theirs.name),
      ],
      targets: [target(`one changed service of ${SERVICES} < 3 s of the agent's time`, seconds(took), took < 3_000)],
    };
  } finally {
    for (const engine of engines) await engine.stop();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

function whyNot() {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "engines need Linux, and root";
  const lacking = ["dockerd", "containerd", "docker", "python3", "unshare", "ip"].filter(
    (program) => !PATH.split(delimiter).some((folder) => existsSync(join(folder, program))),
  );
  return lacking.length > 0 ? `${lacking.join(", ")} not found` : undefined;
}

/** Services on networks of a hundred each; the image's registry refuses at once. */
function stackOf(version) {
  const update = { parallelism: 1, delay: "0ms", order: "start-first", monitor: "5000ms", max_failure_ratio: 0 };
  const services = Array.from({ length: SERVICES }, (_, index) => [
    `service-${index}`,
    {
      image: `127.0.0.1:1/image:${index === SERVICES - 1 ? version : 0}`,
      environment: { INDEX: String(index), OTHER: `service-${(index + 1) % SERVICES}:80` },
      networks: [`network-${Math.floor(index / 100)}`],
      logging: { driver: "awslogs", options: { "awslogs-group": "/lightfleet/bench", mode: "non-blocking" } },
      stop_grace_period: "30000ms",
      deploy: {
        mode: "replicated",
        replicas: 2,
        placement: { constraints: ["node.labels.lightfleet.fleet == none"] },
        resources: { reservations: { cpus: "0.1", memory: "64M" }, limits: { memory: "128M", pids: 1000 } },
        update_config: { ...update, failure_action: "rollback" },
        rollback_config: { ...update, failure_action: "pause" },
        restart_policy: { condition: "any", delay: "5s" },
      },
    },
  ]);
  const networks = Array.from({ length: Math.ceil(SERVICES / 100) }, (_, index) => [
    `network-${index}`,
    { driver: "overlay", attachable: false },
  ]);
  return { version: "3.9", services: Object.fromEntries(services), networks: Object.fromEntries(networks) };
}

/** A swarm of one manager with a network namespace of its own. */
class Engine {
  constructor(home) {
    mkdirSync(home, { recursive: true });
    this.socket = join(home, "docker.sock");
    const flags = [
      ...["--host", `unix://${this.socket}`, "--data-root", join(home, "data"), "--exec-root", join(home, "exec")],
      ...["--pidfile", join(home, "pid"), "--storage-driver", "vfs", "--bridge", "none", "--iptables=false"],
      ...["--ip6tables=false", "--ip-forward=false", "--log-level", "error"],
    ];
    const script = 'ip link set lo up && exec dockerd "$@"';
    this.process = spawn("unshare", ["--net", "--mount", "sh", "-c", script, "sh", ...flags], { env, stdio: "ignore" });
  }

  async ready() {
    const docker = (...args) =>
      spawnSync("docker", ["-H", `unix://${this.socket}`, ...args], { env, encoding: "utf8" });
    for (let turn = 0; docker("version").status !== 0; turn++) {
      if (turn === 300 || this.process.exitCode !== null) throw new Error("dockerd does not answer");
      await sleep(200);
    }
    const address = [
      "--advertise-addr",
      "127.0.0.1",
      "--listen-addr",
      "127.0.0.1:2377",
      "--default-addr-pool",
      "10.0.0.0/8",
    ];
    const made = docker("swarm", "init", ...address);
    if (made.status !== 0) throw new Error(made.stderr);
  }

  async stop() {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((done) => this.process.once("exit", done));
    this.process.kill("SIGTERM");
    await ended;
  }
}

import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Where the engines are found; Debian's `docker.io`, `containerd` and `runc` will do. */
const PATH = [process.env["LIGHTFLEET_DOCKERD_PATH"], process.env["PATH"], "/usr/sbin", "/sbin"]
  .filter((part) => part !== undefined)
  .join(delimiter);
const found = (program: string): boolean => PATH.split(delimiter).some((dir) => existsSync(join(dir, program)));
const env = { ...process.env, PATH };

/** Why no engines can be started here; undefined where they can. */
export function whyNot(): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "engines need Linux, and root";
  const missing = ["dockerd", "containerd", "runc", "ip", "nsenter"].filter((program) => !found(program));
  if (missing.length > 0) return `${missing.join(", ")} not found: on Debian, docker.io and iproute2 have them`;
  const trial = `lfsw${process.pid}t`;
  const made = spawnSync("ip", ["netns", "add", trial], { env });
  if (made.status !== 0) return "no network namespace can be made here";
  spawnSync("ip", ["netns", "del", trial], { env });
  return undefined;
}

/** A Docker engine with a network namespace, a data folder and a containerd of its own. */
export class Engine {
  private output = "";

  private constructor(
    readonly address: string,
    private readonly socket: string,
    private readonly process: ChildProcess,
  ) {}

  static start(home: string, netns: string, address: string): Engine {
    mkdirSync(home, { recursive: true });
    const socket = join(home, "docker.sock");
    const args = [
      ...["--host", `unix://${socket}`, "--data-root", join(home, "data"), "--exec-root", join(home, "exec")],
      ...["--pidfile", join(home, "pid"), "--storage-driver", "vfs", "--bridge", "none"],
      ...["--iptables=false", "--ip6tables=false", "--ip-forward=false", "--insecure-registry", "10.0.0.0/8"],
    ];
    const child = spawn("nsenter", [`--net=/var/run/netns/${netns}`, "dockerd", ...args], {
      env,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const engine = new Engine(address, socket, child);
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      engine.output = (engine.output + text).slice(-4_000);
    });
    return engine;
  }

  async ready(): Promise<this> {
    for (let turn = 0; turn < 600; turn++) {
      if (this.process.exitCode !== null) throw new Error(`dockerd ended: ${this.output}`);
      if (existsSync(this.socket) && (await this.call("GET", "/_ping").catch(() => undefined)) !== undefined)
        return this;
      await sleep(200);
    }
    throw new Error(`dockerd does not answer: ${this.output}`);
  }

  /** Asks the engine's API. @throws Error with its message where it refuses */
  call(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const headers = { "content-type": "application/json" };
      const req = request({ socketPath: this.socket, method, path: `/v1.41${path}`, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => {
          if ((response.statusCode ?? 500) >= 400) reject(new Error(`${method} ${path}: ${text}`));
          else resolve(/^[[{"]/.test(text) ? JSON.parse(text) : text);
        });
      });
      req.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    const stopped = await Promise.race([ended.then(() => true), sleep(20_000).then(() => false)]);
    if (!stopped) this.process.kill("SIGKILL");
  }
}

/** Engines on one network that nothing else is on. */
export class Engines {
  readonly all: Engine[] = [];
  private readonly home = mkdtempSync(join(tmpdir(), "lightfleet-swarm-"));
  private readonly prefix = `lfsw${process.pid}`;
  private readonly spaces: string[] = [];
  private silent: ChildProcess | undefined;

  /** A registry that takes connections and never answers: who pulls from it waits. */
  readonly registry = "10.211.0.1:5000";

  async start(count: number): Promise<this> {
    const net = this.space("net");
    this.ip("-n", net, "link", "add", "br0", "type", "bridge");
    this.ip("-n", net, "link", "set", "br0", "up");
    for (let index = 0; index < count; index++) {
      const own = this.space(String(index));
      this.ip("-n", net, "link", "add", `v${index}`, "type", "veth", "peer", "name", "eth0", "netns", own);
      this.ip("-n", net, "link", "set", `v${index}`, "master", "br0", "up");
      const address = `10.211.0.${index + 1}`;
      this.ip("-n", own, "link", "set", "lo", "up");
      this.ip("-n", own, "addr", "add", `${address}/24`, "dev", "eth0");
      this.ip("-n", own, "link", "set", "eth0", "up");
      this.all.push(Engine.start(join(this.home, String(index)), own, address));
    }
    const program = `require("node:net").createServer(() => {}).listen(5000)`;
    const args = [`--net=/var/run/netns/${this.spaces[1]}`, process.execPath, "-e", program];
    this.silent = spawn("nsenter", args, { env, stdio: "ignore" });
    await Promise.all(this.all.map((engine) => engine.ready()));
    return this;
  }

  async stop(): Promise<void> {
    this.silent?.kill();
    await Promise.all(this.all.map((engine) => engine.stop()));
    for (const space of this.spaces) spawnSync("ip", ["netns", "del", space], { env });
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  private space(name: string): string {
    const space = `${this.prefix}-${name}`;
    this.ip("netns", "add", space);
    this.spaces.push(space);
    return space;
  }

  private ip(...args: string[]): void {
    const { status, stderr } = spawnSync("ip", args, { env, encoding: "utf8" });
    if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
  }
}

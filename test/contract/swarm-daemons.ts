import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** An engine that is installed or unpacked here. */
export interface Installation {
  readonly name: string;
  /** Folders of its programs, before all others. */
  readonly path: string | undefined;
}

/** The engine that Debian has: `docker.io`, `containerd` and `runc`, installed or unpacked into LIGHTFLEET_DOCKERD_PATH. */
export const DEBIAN: Installation = { name: "Debian's engine", path: process.env["LIGHTFLEET_DOCKERD_PATH"] };
/** A newer one, unpacked into LIGHTFLEET_DOCKERD_CURRENT_PATH. */
export const CURRENT: Installation = {
  name: "a current engine",
  path: process.env["LIGHTFLEET_DOCKERD_CURRENT_PATH"],
};

const pathOf = ({ path }: Installation): string =>
  [path, process.env["PATH"], "/usr/sbin", "/sbin"].filter((part) => part !== undefined).join(delimiter);

/** The environment in which an installation's own programs are found first. */
export const environmentOf = (installation: Installation): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: pathOf(installation),
});

/** The programs among these that an installation lacks, and the machine too. */
export const missing = (installation: Installation, programs: readonly string[]): string[] => {
  const folders = pathOf(installation).split(delimiter);
  return programs.filter((program) => !folders.some((dir) => existsSync(join(dir, program))));
};

/** Debian has Docker's init in a package of its own too, by its own name. */
function initArgs(env: NodeJS.ProcessEnv): string[] {
  const find = (program: string): string | undefined =>
    (env["PATH"] ?? "")
      .split(delimiter)
      .map((folder) => join(folder, program))
      .find((file) => existsSync(file));
  const own = find("docker-init") === undefined ? find("tini-static") : undefined;
  return own === undefined ? [] : ["--init-path", own];
}

/** Why no engines of an installation can be started here; undefined where they can. */
export function whyNot(installation = DEBIAN): string | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return "engines need Linux, and root";
  if (installation === CURRENT && CURRENT.path === undefined)
    return "LIGHTFLEET_DOCKERD_CURRENT_PATH names no folder with a newer dockerd";
  const lacking = missing(installation, ["dockerd", "containerd", "runc", "ip", "nsenter", "unshare"]);
  if (lacking.length > 0) return `${lacking.join(", ")} not found: on Debian, docker.io and iproute2 have them`;
  const env = environmentOf(installation);
  const trial = `lfsw${process.pid}t`;
  const made = spawnSync("ip", ["netns", "add", trial], { env });
  if (made.status !== 0) return "no network namespace can be made here";
  spawnSync("ip", ["netns", "del", trial], { env });
  return undefined;
}

/** Mounts of its own: what an engine leaves mounted goes with it. */
const UNSHARED = ["unshare", "--mount", "--propagation", "private"];

/** How the network namespaces of engines are, beside what all of them have. */
export interface Surroundings {
  /** Makes the namespace of an engine ready before it starts: from then on the engine keeps rules of its own there, too. */
  readonly firewall?: (namespace: string) => void;
}

/** A Docker engine with a network namespace, a data folder and a containerd of its own. Its containers can run. */
export class Engine {
  private output = "";

  private constructor(
    readonly address: string,
    /** Path of the socket where its API is. */
    readonly socket: string,
    private readonly config: string,
    /** Name of its network namespace. */
    readonly namespace: string,
    private readonly launch: () => ChildProcess,
    private process: ChildProcess,
  ) {
    this.listen();
  }

  private listen(): void {
    this.process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.output = (this.output + text).slice(-4_000);
    });
  }

  /** Ends it and starts it again; its tasks are started again with it. */
  async restart(): Promise<void> {
    await this.stop();
    this.process = this.launch();
    this.listen();
    await this.ready();
  }

  /** What the engine says of itself; taken over without a restart. */
  say(labels: Readonly<Record<string, string>>): void {
    writeFileSync(this.config, JSON.stringify({ labels: Object.entries(labels).map((pair) => pair.join("=")) }));
    this.process.kill("SIGHUP");
  }

  static start(
    home: string,
    netns: string,
    address: string,
    env: NodeJS.ProcessEnv,
    { firewall }: Surroundings,
  ): Engine {
    mkdirSync(home, { recursive: true });
    const socket = join(home, "docker.sock");
    const config = join(home, "daemon.json");
    writeFileSync(config, "{}");
    const args = [
      ...["--config-file", config],
      ...["--host", `unix://${socket}`, "--data-root", join(home, "data"), "--exec-root", join(home, "exec")],
      ...["--pidfile", join(home, "pid"), "--storage-driver", "vfs", "--bridge", "none"],
      ...(firewall ? [] : ["--iptables=false", "--ip-forward=false"]),
      ...["--ip6tables=false", "--insecure-registry", "10.0.0.0/8"],
      ...initArgs(env),
    ];
    const launch = (): ChildProcess =>
      spawn("nsenter", [`--net=/var/run/netns/${netns}`, ...UNSHARED, "dockerd", ...args], {
        env,
        stdio: ["ignore", "ignore", "pipe"],
      });
    firewall?.(netns);
    return new Engine(address, socket, config, netns, launch, launch());
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
    const text = body === undefined ? undefined : JSON.stringify(body);
    return this.send(method, path, text, { "content-type": "application/json" });
  }

  /** Asks the engine's API with a body that is no JSON, as an image is. @throws Error with its message where it refuses */
  send(
    method: string,
    path: string,
    body: string | Buffer | undefined,
    headers: Record<string, string>,
  ): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const req = request({ socketPath: this.socket, method, path: `/v1.41${path}`, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => {
          if ((response.statusCode ?? 500) >= 400) reject(new Error(`${method} ${path}: ${text}`));
          else resolve(asJson(text));
        });
      });
      req.on("error", reject).end(body);
    });
  }

  /** What a program prints that runs where requests to published ports come to, on the network of these. */
  behindPorts(program: string, args: readonly string[]): string {
    // The engine's mounts are its own.
    const space = `/proc/${this.process.pid}/root${dirname(this.socket)}/exec/netns/ingress_sbox`;
    const { error, stdout, stderr } = spawnSync("nsenter", [`--net=${space}`, program, ...args], { encoding: "utf8" });
    if (error !== undefined || stderr !== "") throw error ?? new Error(stderr);
    return stdout;
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.process.once("exit", resolve));
    this.process.kill("SIGTERM");
    const stopped = await Promise.race([ended.then(() => true), sleep(20_000).then(() => false)]);
    if (!stopped) this.process.kill("SIGKILL");
  }
}

/** What an answer says; a text where it is no JSON, as the progress of a pull is. */
function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

let groups = 0;

/** Engines on one network that nothing else is on. */
export class Engines {
  readonly all: Engine[] = [];
  /** A folder that is removed at the end. */
  readonly home = mkdtempSync(join(tmpdir(), "lightfleet-swarm-"));
  private readonly prefix = `lfsw${process.pid}${String.fromCharCode(97 + groups++)}`;
  private readonly spaces: string[] = [];
  private readonly beside: ChildProcess[] = [];
  private readonly env: NodeJS.ProcessEnv;

  /** A registry that takes connections and never answers: who pulls from it waits. */
  readonly registry = "10.211.0.1:5000";

  constructor(readonly installation = DEBIAN) {
    this.env = environmentOf(installation);
  }

  async start(count: number, surroundings: Surroundings = {}): Promise<this> {
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
      this.all.push(Engine.start(join(this.home, String(index)), own, address, this.env, surroundings));
    }
    const program = `require("node:net").createServer(() => {}).listen(5000)`;
    this.run(process.execPath, ["-e", program]);
    await Promise.all(this.all.map((engine) => engine.ready()));
    return this;
  }

  /** Runs a program where the first engine is, on the same network; it is ended with the engines. */
  run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    const child = spawn("nsenter", [`--net=/var/run/netns/${this.spaces[1]}`, program, ...args], {
      env: { ...this.env, ...env },
      stdio: ["pipe", "pipe", "pipe"],
    });
    // What nobody reads would fill its pipe, and the program would wait for that.
    child.stdout.resume();
    child.stderr.resume();
    this.beside.push(child);
    return child;
  }

  async stop(): Promise<void> {
    for (const child of this.beside) child.kill();
    await Promise.all(this.all.map((engine) => engine.stop()));
    for (const space of this.spaces) spawnSync("ip", ["netns", "del", space], { env: this.env });
    rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }

  private space(name: string): string {
    const space = `${this.prefix}-${name}`;
    this.ip("netns", "add", space);
    this.spaces.push(space);
    return space;
  }

  private ip(...args: string[]): void {
    const { status, stderr } = spawnSync("ip", args, { env: this.env, encoding: "utf8" });
    if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
  }
}

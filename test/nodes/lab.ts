import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The folder of the lab's scripts; the tests of this folder are skipped without it. */
export const LAB = process.env["LIGHTFLEET_LAB"];
/** Where the lab keeps its nodes and its image. */
export const HOME = process.env["LF_HOME"] ?? "/var/lib/lfharness";
const REGION = "eu-west-1";
export const BUCKET = "lightfleet-shop-lab";
/** The lab's network lies within the VPC of examples/shop. */
export const SUBNET = "10.0.0";

/** Why there is no lab, or undefined where there is one. */
export function absent(): string | undefined {
  if (LAB === undefined) return "LIGHTFLEET_LAB does not name the lab's folder";
  if (!existsSync(join(HOME, "base.img")))
    return `the lab's image is not built: LF_SUBNET=${SUBNET} LF_PHOTON=1 build-rootfs.sh`;
  return undefined;
}

const env = { ...process.env, LF_SUBNET: SUBNET, LF_PHOTON: "1" };

export interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a script of the lab, whatever comes of it. */
async function lf(script: "lf" | "net.sh", args: readonly string[], timeout = 300_000): Promise<Output> {
  try {
    const { stdout, stderr } = await run(join(LAB ?? "", script), [...args], { env, timeout, maxBuffer: 64 << 20 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { code: typeof code === "number" ? code : -1, stdout, stderr };
  }
}

async function must(args: readonly string[], timeout?: number): Promise<string> {
  const { code, stdout, stderr } = await lf("lf", args, timeout);
  if (code !== 0) throw new Error(`lf ${args.join(" ")}: ${code} ${stderr}${stdout}`);
  return stdout.trim();
}

/** Runs a shell line on a node, as root; the output where it ends with 0. */
export const on = (node: string, line: string): Promise<string> => must(["exec", node, line]);

/** The same, whatever comes of it. */
export const tryOn = (node: string, line: string): Promise<Output> => lf("lf", ["exec", node, line]);

export const network = (verb: "up" | "down"): Promise<Output> => lf("net.sh", [verb]);

export const down = (): Promise<Output> => lf("lf", ["down"]);

/** Runs a command of AWS against the emulator. */
export const aws = (...args: readonly string[]): Promise<string> => must(["aws", ...args]);

export const tryAws = (...args: readonly string[]): Promise<Output> => lf("lf", ["aws", ...args]);

/** A file that the emulator's command line sees, below /tmp of its root; answers the path that it has there. */
export function offer(name: string, content: string | Uint8Array): string {
  writeFileSync(join(HOME, "base/tmp", name), content);
  return `/tmp/${name}`;
}

/** What a node offered in turn. */
export const taken = (name: string): string => readFileSync(join(HOME, "base/tmp", name), "utf8");

export interface NodePlan {
  readonly name: string;
  readonly fleet: "control" | "core" | "load";
  /** Last number of its address. */
  readonly host: number;
  readonly zone: string;
  readonly instance: string;
}

export const addressOf = ({ host }: Pick<NodePlan, "host">): string => `${SUBNET}.${host}`;

/** Powers a new node on, with its user data; does not wait. */
export async function launch(plan: NodePlan, userData: Uint8Array): Promise<void> {
  mkdirSync("/tmp/lightfleet-lab", { recursive: true });
  const file = `/tmp/lightfleet-lab/${plan.name}.user-data`;
  writeFileSync(file, userData);
  const az = `${REGION}${plan.zone}`;
  await must(["launch", plan.name, "--user-data", file, "--ip", addressOf(plan), "--az", az, "--id", plan.instance]);
}

/** Until cloud-init is done; answers its own word for how that went. */
export async function booted(name: string, seconds = 400): Promise<string> {
  const { stdout, stderr } = await lf("lf", ["wait", name, String(seconds)], (seconds + 30) * 1000);
  return /status: (\w+)/.exec(stdout)?.[1] ?? `unknown: ${stderr}`;
}

export const kill = (name: string): Promise<string> => must(["kill", name]);
export const boot = (name: string): Promise<string> => must(["boot", name]);
/** Takes a node away with its disk; one that is not there is no matter. */
export const terminate = (name: string): Promise<Output> => lf("lf", ["terminate", name]);

/** Whether a node has a disk, powered on or not. */
export const isThere = (name: string): boolean => existsSync(join(HOME, "nodes", name, "meta.json"));

export const isRunning = (name: string): boolean => existsSync(join(HOME, "nodes", name, "pid"));

/** What the instance's metadata says of its place in its group: "InService", or "Terminated" once the group wants it gone. */
export function setLifecycle(name: string, state: string): void {
  const file = join(HOME, "nodes", name, "meta.json");
  writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, "utf8")), lifecycle: state }));
}

/** iptables of the network between the nodes and AWS; the program is the nodes' own, since the machine may have none. */
export const rules = (args: readonly string[]): Promise<Output> =>
  beside("chroot", [join(HOME, "base"), "/usr/sbin/iptables", "-w", ...args]);

/** Cuts every node off AWS, or lets them again; the latter also where they are not cut off. */
export async function cutAws(cut: boolean): Promise<void> {
  // Before any rule of translation, so that the port is the one that was asked for.
  const rule = ["PREROUTING", "-p", "tcp", "--dport", "443", "-j", "DROP"];
  const { code, stderr } = await rules(["-t", "raw", cut ? "-I" : "-D", ...rule]);
  if (code !== 0 && cut) throw new Error(`cannot cut the nodes off: ${stderr}`);
}

/** Runs a command from where a load balancer would stand: in the network, and no node. */
export async function beside(command: string, args: readonly string[]): Promise<Output> {
  try {
    const { stdout, stderr } = await run("ip", ["netns", "exec", "lfnet", command, ...args], { timeout: 60_000 });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = "", stderr = "" } = error as { code?: unknown; stdout?: string; stderr?: string };
    return { code: typeof code === "number" ? code : -1, stdout, stderr };
  }
}

/** A process that stands there too, until it is killed. */
export const spawnBeside = (command: string, args: readonly string[]): ChildProcess =>
  spawn("ip", ["netns", "exec", "lfnet", command, ...args], { stdio: ["pipe", "pipe", "inherit"] });

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Until something holds; throws with what was there last. */
export async function until<T>(
  what: string,
  seconds: number,
  ask: () => Promise<T>,
  holds: (value: T) => boolean,
): Promise<{ readonly value: T; readonly seconds: number }> {
  const start = Date.now();
  let last: unknown;
  while (Date.now() - start < seconds * 1000) {
    try {
      const value = await ask();
      last = value;
      if (holds(value)) return { value, seconds: Math.round((Date.now() - start) / 100) / 10 };
    } catch (error) {
      last = error;
    }
    await sleep(1500);
  }
  throw new Error(
    `${what}: not within ${seconds} s; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`,
  );
}

import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { HOME, rules, SUBNET } from "./lab.js";

const DIR = "/tmp/lightfleet-lab";
const PID = join(DIR, "hooks.pid");
const ANSWERS = join(DIR, "hooks.jsonl");
/** Where the lab keeps the authority that its nodes trust. */
const KEYS = join(HOME, "keys");
const GATEWAY = `${SUBNET}.1`;
/** Where requests of the nodes to AWS end up. */
const HOOKS_PORT = 8443;

const way = (verb: "-C" | "-A"): string[] => {
  const to = ["-j", "DNAT", "--to-destination", `${GATEWAY}:${HOOKS_PORT}`];
  return ["-t", "nat", verb, "PREROUTING", "-d", GATEWAY, "-p", "tcp", "--dport", "443", ...to];
};

/** The process that was started, if it still runs, and in the network that this lab has: an earlier one's is gone with it. */
function running(): number | undefined {
  if (!existsSync(PID)) return undefined;
  const pid = Number(readFileSync(PID, "utf8"));
  try {
    const isHooks = readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("hooks.mjs");
    return isHooks && statSync(`/proc/${pid}/ns/net`).ino === statSync("/run/netns/lfnet").ino ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the answers to lifecycle hooks, which the emulator does not know. */
export async function takeHooks(): Promise<void> {
  mkdirSync(DIR, { recursive: true });
  if (running() === undefined) {
    certify("ecr", "api.ecr.eu-west-1.amazonaws.com");
    const script = fileURLToPath(new URL("hooks.mjs", import.meta.url));
    const args = [process.execPath, script, GATEWAY, String(HOOKS_PORT), KEYS, ANSWERS, DIR];
    const child = spawn("ip", ["netns", "exec", "lfnet", ...args], { detached: true, stdio: "ignore" });
    child.unref();
    writeFileSync(PID, String(child.pid));
  }
  if ((await rules(way("-C"))).code === 0) return;
  const { code, stderr } = await rules(way("-A"));
  if (code !== 0) throw new Error(`cannot lead the nodes' requests by the hooks: ${stderr}`);
}

/** A certificate of the lab's authority for one more name. */
function certify(file: string, name: string): void {
  const path = (kind: string): string => join(DIR, `${file}.${kind}`);
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { stdio: "pipe" });
  openssl(
    "req",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-subj",
    `/CN=${name}`,
    "-addext",
    `subjectAltName=DNS:${name}`,
    "-keyout",
    path("key"),
    "-out",
    path("csr"),
  );
  const authority = ["-CA", join(KEYS, "ca.crt"), "-CAkey", join(KEYS, "ca.key"), "-set_serial", String(Date.now())];
  openssl(
    "x509",
    "-req",
    "-in",
    path("csr"),
    ...authority,
    "-days",
    "30",
    "-copy_extensions",
    "copy",
    "-out",
    path("crt"),
  );
}

export function stopHooks(): void {
  const pid = running();
  if (pid !== undefined) process.kill(pid);
  rmSync(PID, { force: true });
}

/** An answer that a node gave to its group. */
export interface Answer {
  readonly at: number;
  readonly instance: string;
  readonly group: string;
  readonly hook: string;
  readonly result: string;
}

/** What an instance has answered so far. */
export function answersOf(instance: string): Answer[] {
  if (!existsSync(ANSWERS)) return [];
  const lines = readFileSync(ANSWERS, "utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Answer).filter((answer) => answer.instance === instance);
}

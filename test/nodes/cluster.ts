import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { examples } from "../program/examples.js";
import { logGroup } from "../../node/logging.js";
import { leaderPrograms, PROGRAMS_PREFIX } from "../../node/programs.js";
import { resourceAt, textAt } from "../program/document.js";
import { takeHooks } from "./hooks.js";
import {
  addressOf,
  aws,
  boot,
  booted,
  BUCKET,
  isRunning,
  isThere,
  launch,
  network,
  offer,
  on,
  terminate,
  tryAws,
  tryOn,
  until,
  type NodePlan,
} from "./lab.js";
import type { Version } from "./version.js";

/** Which nodes there are, from one test file to the next. */
const STATE = "/tmp/lightfleet-lab-nodes.json";
const CLUSTER = "shop";
const ZONES = ["a", "b", "c"];

let written: ReturnType<(typeof examples)[number]["run"]> | undefined;
/** What VMs are booted from now on, where that is not this checkout's. */
let version: Version | undefined;

/** Boots VMs from another version's user data from now on, or from this checkout's again, and puts its programs into the bucket. */
export async function deployVersion(other: Version | undefined): Promise<void> {
  version = other;
  await prepareAccount();
  await offerPrograms();
}

/** The user data that `synth` writes for the fleets of examples/shop. */
export async function userDataOf(fleet: string): Promise<Uint8Array> {
  if (version !== undefined) return Buffer.from(version.userData[fleet] ?? "", "base64");
  written ??= examples.find(({ name }) => name === "shop")!.run();
  const { document } = await written;
  return Buffer.from(textAt(resourceAt(document, `aws_launch_template.${fleet}`), "user_data"), "base64");
}

const readState = (): NodePlan[] => (existsSync(STATE) ? (JSON.parse(readFileSync(STATE, "utf8")) as NodePlan[]) : []);
const writeState = (nodes: readonly NodePlan[]): void => writeFileSync(STATE, JSON.stringify(nodes));

/** The nodes of the cluster as they are meant to be. */
export const nodes = (): NodePlan[] => readState();
export const controls = (): NodePlan[] => readState().filter(({ fleet }) => fleet === "control");
export const workers = (): NodePlan[] => readState().filter(({ fleet }) => fleet !== "control");

/** What only the leader runs lies in the bucket: put there as Terraform would. */
async function offerPrograms(): Promise<void> {
  const { text, digest } = version?.programs ?? leaderPrograms();
  const body = offer("programs.json", text);
  await aws("s3api", "put-object", "--bucket", BUCKET, "--key", `${PROGRAMS_PREFIX}${digest}.json`, "--body", body);
}

/** The swarm's view: role and state of each node by hostname, as a manager that can be reached sees it. */
export interface Seen {
  readonly hostname: string;
  readonly status: string;
  readonly availability: string;
  readonly manager: string;
}

export async function seen(): Promise<Seen[]> {
  for (const { name } of controls()) {
    if (!isRunning(name)) continue;
    const { code, stdout } = await tryOn(
      name,
      `timeout 10 docker node ls --format '{{.Hostname}} {{.Status}} {{.Availability}} {{.ManagerStatus}}'`,
    );
    if (code !== 0) continue;
    return stdout
      .trim()
      .split("\n")
      .map((line) => {
        const [hostname = "", status = "", availability = "", manager = ""] = line.trim().split(" ");
        return { hostname, status, availability, manager };
      });
  }
  throw new Error("no manager answers");
}

/** Whether the swarm is what it is meant to be: every node there once, ready, and set to its work. */
export function whole(all: readonly Seen[]): boolean {
  const wanted = nodes().map((node) => `ip-${addressOf(node).replaceAll(".", "-")}`);
  const there = all.map(({ hostname }) => hostname);
  if (JSON.stringify([...there].sort()) !== JSON.stringify([...wanted].sort())) return false;
  return all.every(
    ({ status, availability, manager }) =>
      status === "Ready" &&
      (manager === "" ? availability === "Active" : availability === "Drain" && /Leader|Reachable/.test(manager)),
  );
}

export const becomesWhole = (seconds = 400): Promise<{ readonly value: Seen[]; readonly seconds: number }> =>
  until("the swarm is whole", seconds, seen, whole);

/** The manager that leads. */
export async function leader(): Promise<NodePlan> {
  const { value } = await until("a leader", 120, seen, (all) => all.some(({ manager }) => manager === "Leader"));
  const host = value.find(({ manager }) => manager === "Leader")!.hostname;
  return controls().find((node) => `ip-${addressOf(node).replaceAll(".", "-")}` === host)!;
}

/** A name, an address and an instance for one more VM of a fleet; the instance is one of the emulator's group. */
export async function plan(fleet: NodePlan["fleet"], zone: string): Promise<NodePlan> {
  const taken = readState();
  const instances = await groupInstances(fleet);
  const instance = instances.find((id) => !taken.some((node) => node.instance === id));
  if (instance === undefined) throw new Error(`the group of ${fleet} has no free instance`);
  const host = Math.max(10, ...taken.map((node) => node.host)) + 1;
  const node = { name: `n${host - 10}`, fleet, host, zone, instance };
  writeState([...taken, node]);
  return node;
}

export function forget(name: string): void {
  writeState(readState().filter((node) => node.name !== name));
}

async function groupInstances(fleet: string): Promise<string[]> {
  const text = await aws(
    "autoscaling",
    "describe-auto-scaling-groups",
    "--auto-scaling-group-names",
    `${CLUSTER}-${fleet}`,
    "--query",
    "AutoScalingGroups[0].Instances[].InstanceId",
    "--output",
    "text",
  );
  return text.split(/\s+/).filter((id) => id.startsWith("i-"));
}

/** The group of the emulator gives an instance up and makes another. */
export async function replaceInstance(instance: string): Promise<void> {
  await aws(
    "autoscaling",
    "terminate-instance-in-auto-scaling-group",
    "--instance-id",
    instance,
    "--no-should-decrement-desired-capacity",
  );
}

let prepared: Promise<void> | undefined;

/** What Terraform would have made: bucket, settings and groups; nothing of the swarm. Once for a file. */
export const prepareAccount = (): Promise<void> => (prepared ??= makeAccount());

async function makeAccount(): Promise<void> {
  await network("up");
  await takeHooks();
  await tryAws(
    "s3api",
    "create-bucket",
    "--bucket",
    BUCKET,
    "--create-bucket-configuration",
    "LocationConstraint=eu-west-1",
  );
  await offerPrograms();
  await tryAws("logs", "create-log-group", "--log-group-name", logGroup(CLUSTER));
  const settings = JSON.stringify({ bucket: BUCKET, release: "release.json", region: "eu-west-1" });
  await aws(
    "ssm",
    "put-parameter",
    "--overwrite",
    "--name",
    `/lightfleet/${CLUSTER}/settings`,
    "--type",
    "String",
    "--value",
    settings,
  );
  await tryAws(
    "autoscaling",
    "create-launch-configuration",
    "--launch-configuration-name",
    "lab",
    "--image-id",
    "ami-12c6146b",
    "--instance-type",
    "t3.small",
  );
  for (const [fleet, size] of [
    ["control", 3],
    ["core", 2],
  ] as const) {
    // The emulator makes a group anew, with other instances, where one of its name is there.
    if ((await groupInstances(fleet)).length > 0) continue;
    await tryAws(
      "autoscaling",
      "create-auto-scaling-group",
      "--auto-scaling-group-name",
      `${CLUSTER}-${fleet}`,
      "--launch-configuration-name",
      "lab",
      "--min-size",
      String(size),
      "--max-size",
      "9",
      "--desired-capacity",
      String(size),
      "--availability-zones",
      "eu-west-1a",
    );
  }
}

/** Takes all nodes away, and what the swarm left in the account. */
export async function clear(): Promise<void> {
  await Promise.all(readState().map(({ name }) => terminate(name)));
  rmSync(STATE, { force: true });
  const left = await tryAws(
    "ssm",
    "get-parameters-by-path",
    "--path",
    `/lightfleet/${CLUSTER}/swarm`,
    "--recursive",
    "--query",
    "Parameters[].Name",
    "--output",
    "text",
  );
  const names = left.stdout.split(/\s+/).filter(Boolean);
  if (names.length > 0) await tryAws("ssm", "delete-parameters", "--names", ...names);
  for (const key of ["release.json", "status.json"])
    await tryAws("s3api", "delete-object", "--bucket", BUCKET, "--key", key);
}

/** Boots three managers and two workers from nothing, with no hand on them; answers how long the swarm took, in seconds. */
export async function form(): Promise<number> {
  await prepareAccount();
  await clear();
  const fleets = ["control", "control", "control", "core", "core"] as const;
  const planned: NodePlan[] = [];
  for (const [index, fleet] of fleets.entries()) planned.push(await plan(fleet, ZONES[index % 3]!));
  for (const fleet of new Set(fleets)) await userDataOf(fleet);
  const start = Date.now();
  await Promise.all(planned.map(async (node) => launch(node, await userDataOf(node.fleet))));
  await becomesWhole(900);
  return Math.round((Date.now() - start) / 1000);
}

/** The cluster that the files before this one left, or a new one; whole in any case. */
export async function cluster(): Promise<void> {
  await prepareAccount();
  if (readState().length !== 5 || !readState().every(({ name }) => isThere(name))) {
    await form();
    return;
  }
  for (const { name } of readState()) if (!isRunning(name)) await boot(name);
  await becomesWhole();
}

/** Powers one more VM on and waits until cloud-init is done with it. */
export async function add(fleet: NodePlan["fleet"], zone: string): Promise<NodePlan> {
  const node = await plan(fleet, zone);
  await launch(node, await userDataOf(fleet));
  const state = await booted(node.name);
  if (state !== "done")
    throw new Error(
      `${node.name}: cloud-init says ${state}: ${await on(node.name, "tail -30 /var/log/cloud-init-output.log")}`,
    );
  return node;
}

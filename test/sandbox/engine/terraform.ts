import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openSandbox, type Sandbox } from "../../../sandbox/cloud.js";

/** The real binary; tests that need it are skipped where it is not installed. */
export const engine: string | undefined = ["terraform", "tofu"].find(
  (name) => spawnSync(name, ["version"]).status === 0,
);

export const skipReason = "no terraform or tofu on PATH";

/** For tests that run the engine many times, in milliseconds: no machine that works needs so long. */
export const PATIENCE = 600_000;

export interface Outcome {
  readonly status: number | null;
  readonly output: string;
}

/** What a plan says of one resource. */
export interface PlannedChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Record<string, unknown> | null;
    readonly after: Record<string, unknown> | null;
    readonly after_unknown: Record<string, unknown>;
    readonly replace_paths?: readonly unknown[];
  };
}

/** Addresses with what happens to them, as in `{ "aws_vpc.main": "delete+create" }`. */
export const actionsOf = (changes: readonly PlannedChange[]): Record<string, string> =>
  Object.fromEntries(changes.map(({ address, change }) => [address, change.actions.join("+")]));

export type Resources = Record<string, Record<string, unknown>>;

/** The smallest program around some resources. */
export function program(resource: Resources, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    terraform: {
      required_providers: { aws: { source: "registry.terraform.io/hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    },
    provider: { aws: [{ region: "eu-west-1" }] },
    ...(Object.keys(resource).length > 0 && { resource }),
    ...more,
  };
}

/** A network with one subnet, varied. */
export function network(vpc: Record<string, unknown> = {}, subnet: Record<string, unknown> = {}): Resources {
  return {
    aws_vpc: { main: { cidr_block: "10.0.0.0/16", tags: { Name: "main" }, ...vpc } },
    aws_subnet: {
      a: { vpc_id: "${aws_vpc.main.id}", cidr_block: "10.0.1.0/24", availability_zone: "eu-west-1a", ...subnet },
    },
  };
}

/** A project in a folder of its own, and the real engine at work in its sandbox. */
export class Project {
  readonly sandbox: Sandbox;
  #cwd = "";
  #env: Record<string, string> = {};

  constructor(
    readonly cluster = "shop",
    readonly directory = mkdtempSync(join(tmpdir(), "lf-sandbox-")),
  ) {
    this.sandbox = openSandbox(directory);
    onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  }

  /** Lays out a program, and runs `init` where it is necessary. */
  async write(json: Record<string, unknown>): Promise<void> {
    const { cwd, env, needsInit } = await this.sandbox.prepare(this.cluster, JSON.stringify(json));
    this.#cwd = cwd;
    this.#env = env;
    if (needsInit) this.must("init");
  }

  run(...args: string[]): Outcome {
    const [verb = "", ...rest] = args;
    const flags = ["plan", "apply", "destroy", "init", "refresh", "import"].includes(verb) ? ["-input=false"] : [];
    const plain = verb === "show" || verb === "state" || verb === "output" ? [] : ["-no-color"];
    const done = spawnSync(engine ?? "terraform", [verb, ...flags, ...plain, ...rest], {
      cwd: this.#cwd,
      env: this.#env,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    return { status: done.status, output: done.stdout + done.stderr };
  }

  /** Runs a command that has to succeed. */
  must(...args: string[]): string {
    const { status, output } = this.run(...args);
    if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}:\n${output}`);
    return output;
  }

  start(...args: string[]): ChildProcess {
    return spawn(engine ?? "terraform", args, { cwd: this.#cwd, env: this.#env, stdio: ["ignore", "pipe", "pipe"] });
  }

  async apply(json: Record<string, unknown>): Promise<void> {
    await this.write(json);
    this.must("apply", "-auto-approve");
  }

  /** Plans, and answers what is not a no-op. */
  plan(...flags: string[]): PlannedChange[] {
    this.must("plan", "-out=plan.bin", ...flags);
    const shown = JSON.parse(this.must("show", "-json", "plan.bin"));
    return (shown.resource_changes ?? []).filter((change: PlannedChange) => change.change.actions[0] !== "no-op");
  }

  /** Attributes by address, from the state. */
  state(): Record<string, Record<string, unknown>> {
    const shown = JSON.parse(this.must("show", "-json"));
    const resources: { address: string; values: Record<string, unknown> }[] =
      shown.values?.root_module?.resources ?? [];
    return Object.fromEntries(resources.map(({ address, values }) => [address, values]));
  }

  /** Changes the file of an object, as somebody does who clicks in a console. */
  edit(file: string, change: (attributes: Record<string, unknown>) => Record<string, unknown>): void {
    const object = JSON.parse(readFileSync(file, "utf8"));
    writeFileSync(
      file,
      JSON.stringify({ ...object, attributes: { ...object.attributes, ...change(object.attributes) } }),
    );
  }

  overwrite(file: string, content: string): void {
    writeFileSync(file, content);
  }

  delete(file: string): void {
    rmSync(file);
  }

  /** The file of an object that is known by its key. */
  file(type: string, key: unknown, region = "eu-west-1"): string {
    return join(this.sandbox.directory, "store", "000000000000", region, type, `${String(key)}.json`);
  }
}

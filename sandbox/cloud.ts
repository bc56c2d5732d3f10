import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { LightfleetError } from "../errors/error.js";
import { readInventory, type Inventory } from "./aws/inventory.js";
import { markBusy, markEngine } from "./lock.js";
import { writeMirror } from "./mirror.js";
import { recover } from "./recover.js";
import { reset } from "./reset.js";
import { settle } from "./settle.js";
import { Store } from "./store.js";

/** A directory and an environment in which the engine meets the sandbox in place of AWS. */
export interface Workbench {
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Whether `init` has to run before anything else: the providers or modules of the program changed, or the sandbox did. */
  readonly needsInit: boolean;
}

/** The embedded cloud of one project. */
export interface Sandbox {
  /** The folder that holds everything: `<project>/.lightfleet/sandbox`. */
  readonly directory: string;
  /**
   * Lays out a cluster's Terraform JSON, byte for byte, for the engine, beside an override that keeps the state here.
   * @throws LightfleetError LF080 where Lightfleet was not built, LF081 where the name is no folder's name
   */
  prepare(cluster: string, tfJson: string | Buffer): Promise<Workbench>;
  /**
   * Waits for an engine whose command was killed: it finishes what it is at. One whose command lives is not waited for.
   * @param note told what is waited for
   */
  settle(cluster: string, note: (text: string) => void): Promise<void>;
  /** Marks an engine as at work on a cluster, as long as it lives. */
  markEngine(cluster: string, pid: number): void;
  /**
   * Goes on from what a killed run left: a state that was cut off gives way to the one before it, and what no state knows of
   * is removed. Nothing is done where the state is whole, or another run is at work.
   * @param note told what was done
   */
  recover(cluster: string, note: (text: string) => void): void;
  /** Where the state of a cluster is; nothing may be there. @throws LightfleetError LF081 where the name is no folder's name */
  stateFile(cluster: string): string;
  /** Names of the clusters that were ever deployed or planned here, sorted. */
  clusters(): string[];
  /** What there is of a cluster. @throws LightfleetError LF082 where a file of the sandbox is broken */
  inventory(cluster: string): Inventory;
  /**
   * Forgets a cluster, its state included; with no name, everything. An engine that is at work there is waited for.
   * @throws LightfleetError LF083 where that takes too long
   */
  reset(cluster?: string): Promise<void>;
}

/** Opens the embedded cloud of a project; nothing is written before it is used. */
export function openSandbox(projectDir: string): Sandbox {
  const directory = resolve(projectDir, ".lightfleet", "sandbox");
  const store = new Store(join(directory, "store"));
  return {
    directory,
    prepare: async (cluster, tfJson) => prepare(directory, cluster, tfJson),
    settle: (cluster, note) => {
      folderOf(directory, cluster);
      return settle(directory, cluster, note);
    },
    markEngine: (cluster, pid) => markEngine(directory, cluster, pid),
    recover: (cluster, note) =>
      recover({ directory, store, cluster, stateFile: join(folderOf(directory, cluster), STATE), note }),
    stateFile: (cluster) => join(folderOf(directory, cluster), STATE),
    clusters: () => {
      const folder = join(directory, CLUSTERS);
      return existsSync(folder) ? readdirSync(folder).sort() : [];
    },
    inventory: (cluster) => readInventory(store, cluster),
    reset: async (name) => {
      const cluster = name === undefined ? undefined : { name, folder: folderOf(directory, name) };
      await reset({ directory, store, cluster });
    },
  };
}

const CLUSTERS = "clusters";

function folderOf(directory: string, cluster: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(cluster))
    throw new LightfleetError(
      `'${cluster}' cannot be a cluster's name in the sandbox: use letters, digits, '.', '_' and '-'`,
      {
        code: "LF081",
        kind: "usage",
      },
    );
  return join(directory, CLUSTERS, cluster);
}

function prepare(directory: string, cluster: string, tfJson: string | Buffer): Workbench {
  const cwd = folderOf(directory, cluster);
  const dataDir = join(cwd, ".terraform");
  mkdirSync(cwd, { recursive: true, mode: 0o700 });
  // States and objects hold the values of variables and files.
  chmodSync(directory, 0o700);
  markBusy(directory, cluster);
  const { configFile, fingerprint } = writeMirror(directory);
  const fingerprintFile = join(cwd, "provider.sha256");
  if (read(fingerprintFile) !== fingerprint) {
    // The lock file holds the provider's hash: it would refuse the new one.
    rmSync(join(cwd, ".terraform.lock.hcl"), { force: true });
    rmSync(join(dataDir, "providers"), { recursive: true, force: true });
    writeFileSync(fingerprintFile, fingerprint);
  }
  writeFileSync(join(cwd, "cdk.tf.json"), tfJson);
  writeFileSync(join(cwd, "sandbox_override.tf.json"), JSON.stringify(overrideFor(tfJson)));
  return { cwd, env: environment(directory, cluster, configFile, dataDir), needsInit: needsInit(cwd, dataDir, tfJson) };
}

const STATE = "terraform.tfstate";
/** What cdktf names the data source that reads another stack's state. */
const CROSS_READING = /^cross-stack-reference-input-(.+)$/;

/** Keeps the state here, and reads those of other clusters here. */
function overrideFor(tfJson: string | Buffer): object {
  const { data } = JSON.parse(tfJson.toString());
  const readings = Object.keys(data?.terraform_remote_state ?? {}).flatMap((name) => {
    const cluster = CROSS_READING.exec(name)?.[1];
    return cluster === undefined ? [] : [[name, { backend: "local", config: { path: `../${cluster}/${STATE}` } }]];
  });
  return {
    terraform: { backend: { local: { path: STATE } } },
    ...(readings.length > 0 && { data: { terraform_remote_state: Object.fromEntries(readings) } }),
  };
}

/** What the engine looks at during `init`, of which a new version makes another `init` necessary. */
function needsInit(cwd: string, dataDir: string, tfJson: string | Buffer): boolean {
  const { terraform, module, provider, resource, data } = JSON.parse(tfJson.toString());
  const kinds = [...Object.keys(resource ?? {}), ...Object.keys(data ?? {})].map((type) => type.split("_")[0]);
  const wanted = JSON.stringify([terraform, module, Object.keys(provider ?? {}), [...new Set(kinds)].sort()]);
  const marker = join(cwd, "init.json");
  const ready =
    read(marker) === wanted && existsSync(join(dataDir, "providers")) && existsSync(join(cwd, ".terraform.lock.hcl"));
  if (!ready) writeFileSync(marker, wanted);
  return !ready;
}

/** Variables that would lead the engine past the sandbox, or into somebody's account. */
const foreign = /^(AWS_|TF_|TOFU_|NODE_OPTIONS$|NODE_V8_COVERAGE$|ELECTRON_RUN_AS_NODE$)/;
const harmless = /^(TF_LOG|TF_VAR_|TF_PLUGIN_TIMEOUT$)/;

function environment(directory: string, cluster: string, configFile: string, dataDir: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && (!foreign.test(entry[0]) || harmless.test(entry[0])),
  );
  return {
    ...Object.fromEntries(kept),
    // The provider is a script of Node's: it runs on the Node that runs Lightfleet.
    PATH: [dirname(process.execPath), process.env["PATH"]].filter(Boolean).join(delimiter),
    TF_CLI_CONFIG_FILE: configFile,
    TF_DATA_DIR: dataDir,
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    CHECKPOINT_DISABLE: "1",
    LIGHTFLEET_SANDBOX: directory,
    LIGHTFLEET_CLUSTER: cluster,
  };
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

import { execFile, spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { connectProvider, launchProvider } from "../../scripts/generate/launch.mjs";
import { findExecutable, findMirror } from "../../scripts/generate/mirror.mjs";
import { startProxy } from "./proxy.js";
import { filterSchemaResponse } from "./schema-filter.js";

/** What the real provider makes of one resource: `["create"]`, `["update"]`, `["delete", "create"]`, ... */
export interface RealChange {
  readonly address: string;
  readonly actions: readonly string[];
  /** Why it is replaced, as paths: `vpc_id`, `launch_template[0].id`; sorted. */
  readonly replacePaths: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly afterUnknown: unknown;
}

export interface RealPlan {
  /** What changes, by address; what does not change is left out. */
  readonly changes: readonly RealChange[];
  /** Every resource that the plan knows, `no-op` included: pairs of (address, action), sorted. */
  readonly actions: readonly (readonly [address: string, action: string])[];
}

/** The configuration to plan: the folder that holds cdk.tf.json, or the document itself. */
export type Configuration = string | Readonly<Record<string, unknown>>;

const types = z
  .object({ version: z.string(), resources: z.array(z.string()), data: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(new URL("../../providers/aws/types.json", import.meta.url), "utf8")));

const planSchema = z.object({
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        mode: z.string(),
        change: z.object({
          actions: z.array(z.string()),
          before: z.unknown(),
          after: z.unknown(),
          after_unknown: z.unknown(),
          replace_paths: z.array(z.array(z.union([z.string(), z.number()]))).default([]),
        }),
      }),
    )
    .default([]),
});

const executable = findRealProvider();

/** Why the real provider cannot be asked here; undefined where it can. */
export const whyNoRealProvider: string | undefined =
  executable === undefined
    ? `no hashicorp/aws ${types.version} in a filesystem mirror (LIGHTFLEET_PROVIDER_MIRROR)`
    : spawnSync("terraform", ["version"]).status === 0
      ? undefined
      : "no terraform on PATH";

/** Makes the configuration one that the provider plans without an account and without a network. */
const OVERRIDE = {
  terraform: { backend: { local: { path: "terraform.tfstate" } } },
  provider: {
    aws: [
      {
        region: "eu-west-1",
        access_key: "none",
        secret_key: "none",
        s3_use_path_style: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: "true",
        skip_requesting_account_id: true,
      },
    ],
  },
};

/**
 * The real hashicorp/aws, offline: one process that answers any number of plans of the real terraform binary.
 * Nothing is refreshed, and no resource exists but in the state that is given.
 */
export class RealProvider {
  readonly #directory: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #close: () => Promise<void>;
  #initialized: Promise<string> | undefined;

  private constructor(directory: string, env: Readonly<Record<string, string>>, close: () => Promise<void>) {
    this.#directory = directory;
    this.#env = env;
    this.#close = close;
  }

  /** Starts the provider (about two seconds). Throws where {@link whyNoRealProvider} says why. */
  static async start(): Promise<RealProvider> {
    if (executable === undefined) throw new Error(whyNoRealProvider);
    const directory = mkdtempSync(join(tmpdir(), "lf-real-"));
    const provider = await launchProvider(executable);
    const session = connectProvider(provider);
    const socket = join(directory, "proxy.sock");
    const [resources, data] = [new Set(types.resources), new Set(types.data)];
    const proxy = await startProxy(session, socket, (schema) => filterSchemaResponse(schema, resources, data));
    writeFileSync(join(directory, "real_override.tf.json"), JSON.stringify(OVERRIDE));
    return new RealProvider(directory, environment(provider.pid, socket), async () => {
      await proxy.close();
      session.close();
      await provider.stop();
      rmSync(directory, { recursive: true, force: true });
    });
  }

  /** `terraform validate`: the provider's own checks of each resource included. Throws with what it says. */
  async validate(configuration: Configuration): Promise<void> {
    await this.#lay(configuration);
    await this.#terraform("validate", "-no-color");
  }

  /**
   * Plans a configuration against a prior state.
   * @param state a state file (version 4) as text or as a path that ends in `.tfstate`; none: nothing exists yet
   */
  async plan(configuration: Configuration, state?: string): Promise<RealPlan> {
    await this.#lay(configuration);
    const file = join(this.#directory, "terraform.tfstate");
    if (state === undefined) rmSync(file, { force: true });
    else if (state.endsWith(".tfstate")) copyFileSync(state, file);
    else writeFileSync(file, state);
    await this.#terraform("plan", "-refresh=false", "-input=false", "-no-color", "-lock=false", "-out=plan");
    const shown = planSchema.parse(JSON.parse(await this.#terraform("show", "-json", "plan")));
    return planOf(shown.resource_changes.filter(({ mode }) => mode === "managed"));
  }

  /** Ends the provider and removes what was written. */
  async close(): Promise<void> {
    await this.#close();
  }

  async #lay(configuration: Configuration): Promise<void> {
    const target = join(this.#directory, "cdk.tf.json");
    if (typeof configuration === "string") copyFileSync(join(configuration, "cdk.tf.json"), target);
    else writeFileSync(target, JSON.stringify(configuration));
    // Every configuration has the same backend and the same provider: once is enough.
    this.#initialized ??= this.#terraform("init", "-input=false", "-no-color");
    await this.#initialized;
  }

  #terraform(...args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile(
        "terraform",
        args,
        { cwd: this.#directory, env: this.#env, maxBuffer: 1 << 28 },
        (error, stdout, stderr) => {
          if (error) reject(new Error(`terraform ${args.join(" ")}:\n${stderr || stdout}`));
          else resolve(stdout);
        },
      );
    });
  }
}

function findRealProvider(): string | undefined {
  const mirror = findMirror();
  return mirror === undefined ? undefined : findExecutable(mirror, types.version);
}

/** Terraform is told to use the provider that runs; it then needs no mirror, no lock file and no plugin cache. */
function environment(pid: number, socket: string): Record<string, string> {
  const reattach = {
    "registry.terraform.io/hashicorp/aws": {
      Protocol: "grpc",
      ProtocolVersion: 5,
      Pid: pid,
      Test: true,
      Addr: { Network: "unix", String: socket },
    },
  };
  return {
    PATH: process.env["PATH"] ?? "",
    HOME: process.env["HOME"] ?? "",
    CHECKPOINT_DISABLE: "1",
    TF_CLI_CONFIG_FILE: "/dev/null",
    TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
  };
}

function planOf(resources: z.infer<typeof planSchema>["resource_changes"]): RealPlan {
  const sorted = [...resources].sort((left, right) => (left.address < right.address ? -1 : 1));
  const changes = sorted
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => ({
      address,
      actions: change.actions,
      replacePaths: change.replace_paths.map(pathText).sort(),
      before: change.before,
      after: change.after,
      afterUnknown: change.after_unknown,
    }));
  return { changes, actions: sorted.map(({ address, change }) => [address, actionOf(change.actions)] as const) };
}

/** `replace`, whichever of the two comes first. */
function actionOf(actions: readonly string[]): string {
  return actions.length === 2 ? "replace" : (actions[0] ?? "no-op");
}

function pathText(path: readonly (string | number)[]): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gate } from "./gate.js";
import { readPlan, type Plan } from "./plan.js";

/** The configuration to plan: Terraform's JSON, as text or as a value. */
export type Configuration = string | Readonly<Record<string, unknown>>;

/** A plan in Terraform's words. */
export interface ShownPlan {
  /** What `plan` prints. */
  readonly said: string;
  /** What `show -json` prints. */
  readonly shown: string;
}

type Action<T> = (run: (...args: string[]) => Promise<string>, folder: string) => Promise<T>;

/** What makes a provider that runs already known to Terraform: it then needs no mirror, no lock file and no plugin cache. */
export interface Reattachment {
  readonly pid: number;
  /** Path of the unix socket that it listens on, without TLS. */
  readonly socket: string;
}

/**
 * Terraform's override of every configuration: it makes one that is planned without an account and without a network,
 * whichever provider answers.
 */
export const OVERRIDE = {
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

interface Served {
  /** Is removed in the end. */
  readonly directory: string;
  readonly reattachment: Reattachment;
  /** Stops the provider. */
  readonly end: () => Promise<void>;
  /** How many runs of Terraform it can answer at a time. */
  readonly atOnce: number;
  /** Terraform's override of every configuration. @default {@link OVERRIDE} */
  readonly override?: Readonly<Record<string, unknown>>;
}

/**
 * A provider in one process that answers any number of plans of the real terraform binary. Nothing is refreshed, and
 * no resource exists but in the state that is given. Calls may overlap: each works in a folder of its own.
 */
export class RunningProvider {
  readonly #directory: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #end: () => Promise<void>;
  readonly #override: string;
  readonly #free: string[] = [];
  readonly #gate: ReturnType<typeof gate>;
  #folders = 0;

  constructor({ directory, reattachment: { pid, socket }, end, atOnce, override = OVERRIDE }: Served) {
    this.#directory = directory;
    this.#end = end;
    this.#gate = gate(atOnce);
    this.#override = JSON.stringify(override);
    const provider = { Protocol: "grpc", ProtocolVersion: 5, Pid: pid, Test: true };
    this.#env = {
      PATH: process.env["PATH"] ?? "",
      HOME: process.env["HOME"] ?? "",
      CHECKPOINT_DISABLE: "1",
      // Short runs with memory to spare: less time goes into collecting garbage.
      GOGC: "400",
      TF_CLI_CONFIG_FILE: "/dev/null",
      TF_REATTACH_PROVIDERS: JSON.stringify({
        "registry.terraform.io/hashicorp/aws": { ...provider, Addr: { Network: "unix", String: socket } },
      }),
    };
  }

  /** `terraform validate`: the provider's own checks of each resource included. Throws with what it says. */
  validate(configuration: Configuration): Promise<void> {
    return this.#within(configuration, undefined, async (run) => {
      await run("validate", "-no-color");
    });
  }

  /**
   * Plans a configuration against a prior state.
   * @param state a state file (version 4) as text; none: nothing exists yet
   */
  async plan(configuration: Configuration, state?: string): Promise<Plan> {
    return readPlan((await this.show(configuration, state)).shown);
  }

  /**
   * The same, as Terraform itself tells it.
   * @param options of `terraform plan`, as in `-destroy`
   */
  show(configuration: Configuration, state?: string, options = ["-refresh=false"]): Promise<ShownPlan> {
    return this.#within(configuration, state, async (run) => {
      const said = await run("plan", ...options, "-input=false", "-no-color", "-lock=false", "-out=plan");
      return { said, shown: await run("show", "-json", "plan") };
    });
  }

  /**
   * Applies a configuration, and gives the state file's text.
   * @param state what exists already, as for {@link plan}
   */
  apply(configuration: Configuration, state?: string): Promise<string> {
    return this.#within(configuration, state, async (run, folder) => {
      await run("apply", "-auto-approve", "-input=false", "-no-color", "-refresh=false");
      return readFileSync(join(folder, "terraform.tfstate"), "utf8");
    });
  }

  /** What makes any other run of Terraform take this provider. */
  get reattach(): Readonly<Record<string, string>> {
    return { TF_REATTACH_PROVIDERS: this.#env["TF_REATTACH_PROVIDERS"] ?? "" };
  }

  /** Ends the provider and removes what was written. */
  async close(): Promise<void> {
    await this.#end();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #within<T>(configuration: Configuration, state: string | undefined, action: Action<T>): Promise<T> {
    return this.#gate(() => this.#inFolder(configuration, state, action));
  }

  async #inFolder<T>(configuration: Configuration, state: string | undefined, action: Action<T>): Promise<T> {
    const folder = this.#free.pop() ?? join(this.#directory, String(this.#folders++));
    const run = (...args: string[]): Promise<string> => this.#terraform(folder, args);
    try {
      const fresh = !existsSync(folder);
      mkdirSync(folder, { recursive: true });
      this.#lay(folder, configuration, state);
      // Every configuration has the same backend and the same provider: once is enough.
      if (fresh) await run("init", "-input=false", "-no-color");
      return await action(run, folder);
    } finally {
      this.#free.push(folder);
    }
  }

  #terraform(cwd: string, args: string[]): Promise<string> {
    return new Promise((resolve, reject) => {
      execFile("terraform", args, { cwd, env: this.#env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        // The lines that Terraform quotes are whole documents.
        const said = (stderr || stdout).replaceAll(/(?<=^.{300}).+$/gm, "…");
        if (error) reject(new Error(`terraform ${args.join(" ")}:\n${said}`));
        else resolve(stdout);
      });
    });
  }

  #lay(folder: string, configuration: Configuration, state: string | undefined): void {
    const text = typeof configuration === "string" ? configuration : JSON.stringify(configuration);
    writeFileSync(join(folder, "cdk.tf.json"), text);
    writeFileSync(join(folder, "provider_override.tf.json"), this.#override);
    const file = join(folder, "terraform.tfstate");
    if (state === undefined) rmSync(file, { force: true });
    else writeFileSync(file, state);
  }
}

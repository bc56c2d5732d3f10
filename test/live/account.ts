import { spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfig, findExecutable, findMirror } from "../../scripts/generate/mirror.mjs";
import { motoIsMissing, startMoto, type Moto } from "./moto.js";

const PROVIDER = "5.100.0";
/** The account that moto speaks for. */
export const MOTO_ACCOUNT = "123456789012";

/** An emulated account that the real engine works in with the real provider. */
export interface Account extends Moto {
  /** What a command needs to meet it in place of AWS: endpoint, dummy credentials, and the provider's mirror. */
  readonly env: Readonly<Record<string, string>>;
}

/** Why nothing can be applied with the real provider against moto here, or undefined where it can. Printed, as a reason to skip. */
export function accountIsMissing(): string | undefined {
  const why = whyNoProvider();
  if (why !== undefined) console.warn(`skipped: ${why}`);
  return why ?? motoIsMissing();
}

/** Starts moto, and lays out how the engine comes to the real provider. */
export async function openAccount(): Promise<Account> {
  const folder = await mkdtemp(join(tmpdir(), "lightfleet-account-"));
  const moto = await startMoto();
  return {
    ...moto,
    env: { ...(await environment(folder)), AWS_ENDPOINT_URL: moto.url },
    stop: async () => {
      await moto.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Credentials that no file of the user's mixes with, and a CLI configuration that takes the provider from its mirror alone. */
async function environment(folder: string): Promise<Record<string, string>> {
  const config = join(folder, "terraform.rc");
  await writeFile(config, cliConfig(findMirror() ?? folder));
  return {
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_REGION: "eu-west-1",
    AWS_CONFIG_FILE: join(folder, "none"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "none"),
    AWS_EC2_METADATA_DISABLED: "true",
    TF_CLI_CONFIG_FILE: config,
    TF_PLUGIN_CACHE_DIR: "",
    XDG_CACHE_HOME: join(tmpdir(), "lightfleet-test-cache"),
  };
}

function whyNoProvider(): string | undefined {
  const mirror = findMirror();
  if (mirror === undefined || findExecutable(mirror, PROVIDER) === undefined)
    return `no hashicorp/aws ${PROVIDER} in a filesystem mirror (LIGHTFLEET_PROVIDER_MIRROR)`;
  return spawnSync("terraform", ["version"], { stdio: "ignore" }).status === 0 ? undefined : "no terraform on PATH";
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliConfig, findMirror, PLATFORM } from "./mirror.mjs";

export const SOURCE = "registry.terraform.io/hashicorp/aws";
/** A configuration with which the provider plans without an account and without a network. */
export const PROVIDER_ARGUMENTS = {
  region: "eu-west-1",
  access_key: "none",
  secret_key: "none",
  max_retries: 1,
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
  skip_requesting_account_id: true,
};

/** Installs the real provider in a folder of its own: from a mirror where there is one, else from the registry. */
export function installProvider(version) {
  const directory = mkdtempSync(join(tmpdir(), "lightfleet-generate-"));
  const mirror = findMirror();
  const env = { ...process.env };
  if (mirror) {
    env.TF_CLI_CONFIG_FILE = join(directory, "terraform.rc");
    writeFileSync(env.TF_CLI_CONFIG_FILE, cliConfig(mirror));
  }
  const terraform = { required_providers: { aws: { source: SOURCE, version } } };
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify({ terraform, provider: { aws: {} } }));
  const run = (...args) =>
    execFileSync("terraform", args, {
      cwd: directory,
      env,
      encoding: "utf8",
      maxBuffer: 1 << 28,
      stdio: ["ignore", "pipe", "inherit"],
    });
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    run("init", "-input=false", "-no-color");
  } catch (error) {
    remove();
    throw error;
  }
  const folder = join(directory, ".terraform", "providers", SOURCE, version, PLATFORM);
  return {
    executable: () =>
      join(
        folder,
        readdirSync(folder).find((name) => name.startsWith("terraform-provider-aws")),
      ),
    schema: () => JSON.parse(run("providers", "schema", "-json")).provider_schemas[SOURCE],
    remove,
  };
}

import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { arch, platform } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { LightfleetError } from "../errors/error.js";

/** The version of hashicorp/aws that the sandbox stands in for. */
export const PROVIDER_VERSION = "5.100.0";

const EXECUTABLE = "terraform-provider-aws.cjs";
const HOSTS = ["registry.terraform.io", "registry.opentofu.org"];

export interface Mirror {
  /** The CLI configuration that makes the engine take the provider from the mirror: for TF_CLI_CONFIG_FILE. */
  readonly configFile: string;
  /** Changes when the provider's files change. */
  readonly fingerprint: string;
}

/**
 * Writes a filesystem mirror with the sandbox's provider into a folder, and the CLI configuration beside it; touches nothing
 * that is as it should be already. Other providers are still installed from their registries.
 * @param packageFolder the provider's files; those that the build made, where nothing is said
 * @throws LightfleetError LF080 where the provider was not built
 */
export function writeMirror(folder: string, packageFolder: string = builtProvider()): Mirror {
  const hash = createHash("sha256");
  const files = readdirSync(packageFolder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(packageFolder, name)) }));
  for (const { name, bytes } of files) hash.update(`${name} ${bytes.length}\n`).update(bytes);
  for (const host of HOSTS) {
    const target = join(folder, "mirror", host, "hashicorp", "aws", PROVIDER_VERSION, engineOs());
    mkdirSync(target, { recursive: true });
    for (const stale of readdirSync(target))
      if (!files.some(({ name }) => name === stale)) rmSync(join(target, stale), { force: true });
    for (const { name, bytes } of files) replace(join(target, name), bytes, name === EXECUTABLE ? 0o755 : 0o644);
  }
  const configFile = join(folder, "terraform.rc");
  replace(configFile, Buffer.from(cliConfig(join(folder, "mirror"))), 0o644);
  return { configFile, fingerprint: hash.digest("hex") };
}

/** HCL that sends hashicorp/aws, and nothing else, to the mirror. */
function cliConfig(mirror: string): string {
  const ours = JSON.stringify(HOSTS.map((host) => `${host}/hashicorp/aws`));
  return [
    "# Written by Lightfleet: the sandbox stands in for hashicorp/aws. Do not edit.",
    "disable_checkpoint = true",
    "provider_installation {",
    "  filesystem_mirror {",
    `    path    = ${hclString(mirror)}`,
    `    include = ${ours}`,
    "  }",
    "  direct {",
    `    exclude = ${ours}`,
    "  }",
    "}",
    "",
  ].join("\n");
}

const hclString = (value: string): string => JSON.stringify(value).replaceAll("${", "$${").replaceAll("%{", "%%{");

/** The engine's name for this platform, as in `linux_amd64`. */
function engineOs(): string {
  const os = platform() === "win32" ? "windows" : platform();
  const cpu = { x64: "amd64", ia32: "386" }[arch()] ?? arch();
  return `${os}_${cpu}`;
}

function replace(file: string, bytes: Buffer, mode: number): void {
  if (existsSync(file) && readFileSync(file).equals(bytes)) return;
  const temporary = `${file}.${process.pid}.tmp`;
  writeFileSync(temporary, bytes);
  chmodSync(temporary, mode);
  renameSync(temporary, file);
}

/** The build's `dist/sandbox`: of the package that this file belongs to, built or not. @throws LightfleetError LF080 */
export function builtProvider(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && dirname(folder) !== folder) folder = dirname(folder);
  const built = join(folder, "dist", "sandbox");
  if (existsSync(join(built, EXECUTABLE))) return built;
  throw new LightfleetError(`the sandbox's provider is missing: there is no ${join(built, EXECUTABLE)}`, {
    code: "LF080",
    kind: "internal",
    hint: "run `npm run build` in a checkout of Lightfleet, or install the package again",
  });
}

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { arch, homedir, platform } from "node:os";
import { join } from "node:path";

const PROVIDER = join("registry.terraform.io", "hashicorp", "aws");

/** This machine, as Terraform names platforms: `linux_amd64`. */
export const PLATFORM = `${platform() === "win32" ? "windows" : platform()}_${arch() === "x64" ? "amd64" : arch()}`;

/**
 * The filesystem mirror that holds the real hashicorp/aws provider: LIGHTFLEET_PROVIDER_MIRROR, else one that the
 * user's CLI configuration names, else one of the folders where Terraform looks by itself.
 *
 * @returns {string | undefined} the folder for `filesystem_mirror.path`; undefined where there is none
 */
export function findMirror() {
  const home = homedir();
  const candidates = [
    process.env.LIGHTFLEET_PROVIDER_MIRROR,
    ...configured(process.env.TF_CLI_CONFIG_FILE ?? join(home, ".terraformrc")),
    join(home, ".terraform.d", "plugins"),
    join(home, ".local", "share", "terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ];
  return candidates.find((folder) => folder && existsSync(join(folder, PROVIDER)));
}

/** The provider's executable in an unpacked mirror; undefined where that version or this platform is not in it. */
export function findExecutable(mirror, version) {
  const folder = join(mirror, PROVIDER, version, PLATFORM);
  const name = existsSync(folder) && readdirSync(folder).find((file) => file.startsWith("terraform-provider-aws"));
  return name ? join(folder, name) : undefined;
}

/** The text of a CLI configuration file that takes hashicorp's providers from `mirror` and from nowhere else. */
export function cliConfig(mirror) {
  const include = `include = ["registry.terraform.io/hashicorp/*"]`;
  return `provider_installation {\n  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    ${include}\n  }\n}\n`;
}

function configured(file) {
  if (!existsSync(file)) return [];
  return [...readFileSync(file, "utf8").matchAll(/\bpath\s*=\s*"([^"]+)"/g)].map((match) => match[1]);
}

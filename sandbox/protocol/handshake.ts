import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What Terraform puts into the environment of a provider, so that it is not started by hand by mistake. */
const COOKIE = {
  name: "TF_PLUGIN_MAGIC_COOKIE",
  value: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
};

/** Longer names do not fit the address of a unix socket. */
const LONGEST_SOCKET = 100;

/** Whether Terraform or OpenTofu started this process. */
export const isStartedByEngine = (env: NodeJS.ProcessEnv): boolean => env[COOKIE.name] === COOKIE.value;

/** The certificate that the engine will show, as PEM; undefined where it speaks without TLS. */
export const clientCertificate = (env: NodeJS.ProcessEnv): string | undefined => env["PLUGIN_CLIENT_CERT"] || undefined;

/** Where to listen: a unix socket, or any free port of this machine where there are none (Windows). */
export function listenAddress(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): { path: string } | { host: string; port: number } {
  if (platform === "win32") return { host: "127.0.0.1", port: 0 };
  const name = `lightfleet-${process.pid}-${randomBytes(3).toString("hex")}.sock`;
  const path = join(env["PLUGIN_UNIX_SOCKET_DIR"] || tmpdir(), name);
  return { path: path.length <= LONGEST_SOCKET ? path : join("/tmp", name) };
}

/** The one line that tells the engine where and how the provider listens: protocol of the plugin system 1, of providers 5. */
export function greeting(network: "unix" | "tcp", address: string, certificate: Buffer | undefined): string {
  const encoded = certificate === undefined ? "" : `|${certificate.toString("base64").replace(/=+$/, "")}`;
  return `1|5|${network}|${address}|grpc${encoded}\n`;
}

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect as connectHttp2 } from "node:http2";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

const MAGIC_COOKIE = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2";

/** Starts a provider as Terraform does (plugin protocol 5, without TLS); nothing of the user's AWS settings reaches it. */
export async function launchProvider(executable) {
  const directory = mkdtempSync(join(tmpdir(), "lf-provider-"));
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("AWS_"));
  const child = spawn(executable, {
    env: {
      ...Object.fromEntries(own),
      PLUGIN_PROTOCOL_VERSIONS: "5",
      PLUGIN_UNIX_SOCKET_DIR: directory,
      TF_PLUGIN_MAGIC_COOKIE: MAGIC_COOKIE,
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const ended = once(child, "exit").finally(() => rmSync(directory, { recursive: true, force: true }));
  const lines = createInterface({ input: child.stdout });
  const [handshake] = await Promise.race([once(lines, "line"), ended.then(() => [undefined])]);
  if (handshake === undefined) throw new Error(`${executable} ended before it said where it listens`);
  const [, , network, address] = handshake.split("|");
  return {
    pid: child.pid,
    network,
    address,
    async stop() {
      child.kill();
      await ended;
    },
  };
}

/** An HTTP/2 session with a provider that was launched. */
export function connectProvider({ network, address }) {
  const [host, port] = address.split(":");
  const socket = () => (network === "unix" ? connectSocket(address) : connectSocket(Number(port), host));
  return connectHttp2("http://localhost", { createConnection: socket });
}

import { once } from "node:events";
import type { ServerHttp2Session } from "node:http2";
import { mkdtempSync, readFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { compileTables } from "../../sandbox/compile.js";
import { RunLock } from "../../sandbox/lock.js";
import { createProviderServer } from "../../sandbox/server.js";
import { Store } from "../../sandbox/store.js";
import { TABLES, WIRE_SCHEMA } from "../../sandbox/tables.js";
import { RunningProvider } from "./running-provider.js";

/** Starts the sandbox's provider within this process, over an empty store of its own. */
export async function startSandboxProvider(): Promise<RunningProvider> {
  const directory = mkdtempSync(join(tmpdir(), "lf-twin-"));
  const files = compileTables(read("schema.json"), read("facts.json"));
  const server = createProviderServer({
    services: {
      tables: JSON.parse(Buffer.from(files[TABLES] ?? []).toString()),
      store: new Store(join(directory, "store")),
      lock: new RunLock(join(directory, "lock"), process.pid),
      owner: "shop",
    },
    wireSchema: () => files[WIRE_SCHEMA] ?? new Uint8Array(),
    onShutdown: () => undefined,
  });
  const sessions = new Set<ServerHttp2Session>();
  server.on("session", (session) => sessions.add(session));
  const socket = join(directory, "sandbox.sock");
  server.listen(socket);
  await once(server, "listening");
  const end = async (): Promise<void> => {
    for (const session of sessions) session.destroy();
    server.close();
    await once(server, "close");
  };
  const reattachment = { pid: process.pid, socket };
  return new RunningProvider({ directory, reattachment, end, atOnce: availableParallelism() });
}

const read = (file: string) =>
  JSON.parse(readFileSync(new URL(`../../providers/aws/${file}`, import.meta.url), "utf8"));

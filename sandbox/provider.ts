#!/usr/bin/env node
/** What Terraform starts in place of hashicorp/aws. */
import { unlinkSync } from "node:fs";
import { join } from "node:path";
import { lockFile, RunLock } from "./lock.js";
import { createIdentity } from "./protocol/certificate.js";
import { clientCertificate, greeting, isStartedByEngine, listenAddress } from "./protocol/handshake.js";
import { removeLeftovers } from "./recover.js";
import { createProviderServer } from "./server.js";
import { Store } from "./store.js";
import { readTables, readWireSchema, type Tables } from "./tables.js";

/** How long to live without any connection, in milliseconds: first for the first one, then for another one. */
const PATIENCE = { first: 60_000, next: 500 };
/** How often to look whether the engine is there still, in milliseconds: a connection may outlive who made it. */
const LOOK = 1_000;

const env = process.env;
if (isStartedByEngine(env)) serve();
else {
  process.stderr.write(
    "this is the provider of Lightfleet's sandbox: Terraform starts it, through `lightfleet deploy --sandbox`\n",
  );
  process.exitCode = 64;
}

function serve(): void {
  // Ctrl-C reaches this process as well: Terraform finishes what it has begun, and then asks for an end.
  process.on("SIGINT", () => undefined);
  const root = env["LIGHTFLEET_SANDBOX"] ?? join(process.cwd(), ".lightfleet", "sandbox");
  const owner = env["LIGHTFLEET_CLUSTER"] ?? "default";
  const store = new Store(join(root, "store"));
  const stateFile = join(root, "clusters", owner, "terraform.tfstate");
  const lock = new RunLock(
    lockFile(root, owner),
    process.ppid,
    () => void removeLeftovers(store, owner, stateFile, process.ppid),
  );
  const client = clientCertificate(env);
  const identity = client === undefined ? undefined : createIdentity();
  let tables: Tables | undefined;
  const server = createProviderServer({
    services: {
      get tables() {
        return (tables ??= readTables(__dirname));
      },
      store,
      lock,
      owner,
    },
    wireSchema: () => readWireSchema(__dirname),
    ...(client !== undefined && identity !== undefined && { tls: { client, identity } }),
    onShutdown: () => {
      lock.release();
      end();
    },
  });

  // Who started this process has ended where another one takes its place as the parent.
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) end();
  }, LOOK);

  const address = listenAddress(env, process.platform);
  let connections = 0;
  let idle = setTimeout(end, PATIENCE.first);
  server.on("session", (session) => {
    connections++;
    clearTimeout(idle);
    session.on("close", () => {
      if (--connections === 0) idle = setTimeout(end, PATIENCE.next);
    });
  });
  server.listen(address, () => {
    const bound = server.address();
    const [network, where] =
      typeof bound === "object" && bound !== null
        ? (["tcp", `127.0.0.1:${bound.port}`] as const)
        : (["unix", bound ?? ""] as const);
    process.stdout.write(greeting(network, where, identity?.der));
  });

  /** Without a shutdown before, the engine was killed: its lock stays, and tells the next run so. */
  function end(): void {
    if ("path" in address) {
      try {
        unlinkSync(address.path);
      } catch {
        // It is gone already.
      }
    }
    // eslint-disable-next-line no-restricted-properties -- this file is a program of its own
    process.exit(0);
  }
}

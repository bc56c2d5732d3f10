import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { builtProvider } from "../../../sandbox/mirror.js";

/** Starts the provider as its engine does, and passes on what it says. */
const ENGINE = `
const { spawn } = require("node:child_process");
const child = spawn(process.execPath, [process.argv[1]], { stdio: ["ignore", "pipe", "inherit"] });
child.stdout.on("data", (text) => process.stdout.write(JSON.stringify({ pid: child.pid, text: String(text) })));
setInterval(() => {}, 60000);
`;

test("the provider ends with the engine that started it, also while something is connected", async () => {
  const root = mkdtempSync(join(tmpdir(), "lf-orphan-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const env = {
    ...{ PATH: process.env["PATH"], LIGHTFLEET_SANDBOX: root, LIGHTFLEET_CLUSTER: "shop" },
    TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  };
  const engine = spawn(process.execPath, ["-e", ENGINE, join(builtProvider(), "terraform-provider-aws.cjs")], { env });
  const [said] = await once(engine.stdout, "data");
  const { pid, text }: { pid: number; text: string } = JSON.parse(String(said));
  const [, , network, address = ""] = text.split("|");
  expect(network).toBe("unix");
  const socket = connect(address);
  await once(socket, "connect");
  expect(() => process.kill(pid, 0)).not.toThrow();
  const closed = once(socket, "close");
  socket.resume();
  engine.kill("SIGKILL");
  await once(engine, "close");
  await closed;
});

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { isAlive, lockFile } from "../../sandbox/lock.js";
import { reset } from "../../sandbox/reset.js";
import { Store } from "../../sandbox/store.js";

const engines: ChildProcess[] = [];
afterEach(() => engines.splice(0).forEach((engine) => engine.kill("SIGKILL")));

/** A sandbox in which a process is at work on the shop. */
async function sandboxAtWork(): Promise<{ directory: string; store: Store; engine: ChildProcess }> {
  const directory = join(mkdtempSync(join(tmpdir(), "lightfleet-reset-")), "sandbox");
  const engine = spawn(process.execPath, ["-e", "setTimeout(() => undefined, 60_000)"], { stdio: "ignore" });
  engines.push(engine);
  await once(engine, "spawn");
  const lock = lockFile(directory, "shop");
  mkdirSync(dirname(lock), { recursive: true });
  writeFileSync(lock, String(engine.pid));
  return { directory, store: new Store(join(directory, "store")), engine };
}

test("nothing is forgotten before the engine that is at work there has ended", async () => {
  const { directory, store, engine } = await sandboxAtWork();
  const forgotten = reset({ directory, store, cluster: undefined });
  expect(existsSync(directory)).toBe(true);
  engine.kill("SIGKILL");
  await forgotten;
  expect(existsSync(directory)).toBe(false);
});

test("nothing is forgotten while a command is at work, and nothing is waited for", async () => {
  const { directory, store, engine } = await sandboxAtWork();
  const command = join(dirname(lockFile(directory, "shop")), `shop@${engine.pid}.lock`);
  writeFileSync(command, String(engine.pid));
  await expect(reset({ directory, store, cluster: undefined })).rejects.toMatchObject({ code: "LF083" });
  expect(existsSync(directory)).toBe(true);
});

test("one that does not end is told, and nothing is forgotten; another cluster has nothing to wait for", async () => {
  const { directory, store, engine } = await sandboxAtWork();
  await expect(reset({ directory, store, cluster: undefined }, 0)).rejects.toMatchObject({
    code: "LF083",
    message: expect.stringContaining(`process ${engine.pid}`),
  });
  expect(existsSync(directory)).toBe(true);
  await reset({ directory, store, cluster: { name: "other", folder: join(directory, "clusters", "other") } }, 0);
});

test.skipIf(process.platform !== "linux")(
  "a process that ended, and that its parent has not noticed, is none",
  async () => {
    // The shell becomes a program that never asks for its child, before that ends.
    const parent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 60"], { stdio: ["ignore", "pipe", "ignore"] });
    engines.push(parent);
    const [line] = await once(parent.stdout, "data");
    const pid = Number(String(line));
    while (readFileSync(`/proc/${pid}/stat`, "utf8").includes(") Z ") === false) await sleep(10);
    expect(isAlive(pid)).toBe(false);
    expect(isAlive(process.pid)).toBe(true);
  },
);

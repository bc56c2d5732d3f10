import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const TOOL = process.env["LIGHTFLEET_MOTO"] ?? fileURLToPath(new URL("../../../shared/tools/moto", import.meta.url));
/** The first start of all makes moto's root. */
const PATIENCE_MS = 240_000;

export interface Moto {
  readonly url: string;
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** Why moto cannot be started here, or undefined where it can. Printed, so that a skipped test says so. */
export function motoIsMissing(): string | undefined {
  const why = existsSync(TOOL)
    ? process.getuid?.() === 0
      ? undefined
      : "moto's root needs the superuser"
    : "there is no moto here: name the program that starts it with LIGHTFLEET_MOTO";
  if (why !== undefined) console.warn(`skipped: ${why}`);
  return why;
}

/** Starts moto, a real emulator of AWS that nobody here wrote, on a free port of the loopback. */
export async function startMoto(): Promise<Moto> {
  await build();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // Amazon's own images would be made anew after each reset, which takes seconds.
  // It keeps the boot data of a second template version as plain text, and asserts another kind of text when a group grows.
  const env = { ...process.env, MOTO_EC2_LOAD_DEFAULT_AMIS: "false", PYTHONOPTIMIZE: "1" };
  const child = spawn(TOOL, ["run", String(port)], { stdio: "ignore", env });
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await ended;
  };
  for (let waited = 0; !(await answers(url)); waited += 250) {
    if (child.exitCode !== null || waited > PATIENCE_MS) {
      await stop();
      throw new Error("moto does not start");
    }
    await sleep(250);
  }
  return {
    url,
    stop,
    reset: async () => void (await fetch(`${url}/moto-api/reset`, { method: "POST" })),
  };
}

/** Makes moto's root where it is not there yet: one test file at a time, since all of them may ask for it. */
async function build(): Promise<void> {
  await promisify(execFile)("flock", [join(tmpdir(), "lightfleet-moto.lock"), TOOL, "build"], {
    timeout: PATIENCE_MS,
    maxBuffer: 64 * 1024 * 1024,
  });
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/moto-api/data.json`)).ok;
  } catch {
    return false;
  }
}

const freePort = (): Promise<number> =>
  new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address !== null ? address.port : 0));
    });
  });

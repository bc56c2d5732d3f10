import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PROBES } from "../../node/files.gen.js";

const runs = process.platform === "linux" && process.arch === "x64";
if (!runs) console.log("skipped: the probe's test wants Linux on x86_64");

describe.skipIf(!runs)("the health probe", () => {
  const dir = mkdtempSync(join(tmpdir(), "lightfleet-probe-"));
  const file = join(dir, "probe");
  let server: Server;
  let port = 0;

  beforeAll(async () => {
    writeFileSync(file, Buffer.from(PROBES.x86_64, "base64"));
    chmodSync(file, 0o755);
    server = createServer((request, response) => {
      response.statusCode = Number(request.url?.slice(1)) || 200;
      response.end(request.headers.host);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    server.close();
    rmSync(dir, { recursive: true });
  });

  const ask = (...words: string[]): Promise<number | null> =>
    new Promise((resolve) => spawn(file, words, { env: {} }).once("exit", resolve));

  test("takes a port that accepts for well, and one that does not for ill", async () => {
    expect(await ask("tcp", String(port))).toBe(0);
    expect(await ask("tcp", "1")).toBe(1);
  });

  test.each([
    [200, 0],
    [204, 0],
    [302, 0],
    [399, 0],
    [404, 1],
    [500, 1],
    [503, 1],
  ])("takes status %i for %i", async (status, code) => {
    expect(await ask("http", String(port), `/${status}`)).toBe(code);
  });

  test("says no to words that it does not understand", async () => {
    expect(await ask("http", String(port))).toBe(2);
    expect(await ask()).toBe(2);
  });
});

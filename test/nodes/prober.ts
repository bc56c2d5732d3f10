import { fileURLToPath } from "node:url";
import { spawnBeside } from "./lab.js";

/** Asks an address again and again, as clients of a load balancer do, until it is told to stop. */
export class Prober {
  private readonly child;
  private text = "";

  constructor(urls: readonly string[]) {
    this.child = spawnBeside(process.execPath, [fileURLToPath(new URL("prober.mjs", import.meta.url)), ...urls]);
    this.child.stdout?.on("data", (chunk: Buffer) => (this.text += chunk.toString()));
  }

  /** How many were asked and how many of those failed, with what was said of the failures. */
  async stop(): Promise<{ readonly asked: number; readonly failed: number; readonly failures: readonly string[] }> {
    this.child.stdin?.end();
    await new Promise((resolve) => this.child.once("close", resolve));
    return JSON.parse(this.text) as { asked: number; failed: number; failures: string[] };
  }
}

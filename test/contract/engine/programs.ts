import { spawn, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { environmentOf, type Engine, type Engines } from "../swarm-daemons.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const answerShape = z.union([z.object({ answer: z.unknown() }), z.object({ error: z.string() })]);
const ledShape = z.object({ leads: z.boolean(), log: z.array(z.string()) });
const releasedShape = z.object({
  /** What `update` of the release programs answers: how the release went. */
  outcome: z.record(z.string(), z.unknown()).nullable(),
  log: z.array(z.string()),
});

/** How a turn of the release programs went. */
export type Released = z.infer<typeof releasedShape>;

/** Whether a release came to run. */
export const isDeployed = ({ outcome }: Released): boolean => outcome !== null && "deployed" in outcome;

/**
 * The release programs of a VM, `node/files` as they are, beside a real engine. What they ask of AWS is answered out of
 * dictionaries (node.py). One swarm may have many clusters: each is told apart by its name.
 */
export class Programs {
  private readonly waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  private errors = "";

  private constructor(private readonly process: ChildProcess) {
    createInterface({ input: process.stdout! }).on("line", (line) => {
      const { resolve, reject } = this.waiting.shift()!;
      const answer = answerShape.parse(JSON.parse(line));
      if ("error" in answer) reject(new Error(answer.error));
      else resolve(answer.answer);
    });
    process
      .stderr!.setEncoding("utf8")
      .on("data", (text: string) => (this.errors = (this.errors + text).slice(-4_000)));
    process.once("exit", () => {
      for (const { reject } of this.waiting.splice(0)) reject(new Error(`the programs ended: ${this.errors}`));
    });
  }

  /**
   * @param engine the leading manager's
   * @param programs the folder of the programs. @default node/files
   */
  static start({ home, installation }: Engines, engine: Engine, programs = here("../../../node/files")): Programs {
    const own = mkdtempSync(join(home, "programs-"));
    const env = {
      ...environmentOf(installation),
      ...{ LIGHTFLEET_PROGRAMS: programs, LIGHTFLEET_HOME: own, LIGHTFLEET_SOCKET: engine.socket },
      // The command line of Docker, where the programs use it.
      DOCKER_HOST: `unix://${engine.socket}`,
    };
    return new Programs(spawn("python3", [here("node.py")], { env, stdio: ["pipe", "pipe", "pipe"] }));
  }

  /** Puts a bundle where releases are, and lets the programs bring it to the swarm: one turn. */
  async release(cluster: string, bundle: string): Promise<Released> {
    const digest = createHash("sha256").update(bundle).digest("hex");
    return releasedShape.parse(await this.ask("release", { cluster, body: bundle, digest }));
  }

  /** Keeps the values of secrets by their names: a text is a parameter of SSM, an object what Secrets Manager answers. */
  async keep(cluster: string, secrets: Readonly<Record<string, unknown>>): Promise<void> {
    await this.ask("keep", { cluster, secrets });
  }

  /** What the programs write as `status.json`. */
  status(cluster: string): Promise<unknown> {
    return this.ask("status", { cluster });
  }

  /** Another manager leads from here on: it remembers nothing. */
  async forget(cluster: string): Promise<void> {
    await this.ask("forget", { cluster });
  }

  /** Time passes for what the programs wait for. */
  async elapse(cluster: string, seconds: number): Promise<void> {
    await this.ask("elapse", { cluster, seconds });
  }

  /** A turn of the leader's for the nodes and where services run, if this manager leads. */
  async lead(cluster: string): Promise<z.infer<typeof ledShape>> {
    return ledShape.parse(await this.ask("lead", { cluster }));
  }

  /** A turn for the network of published ports of a swarm that was just founded, and whether a release may begin. */
  async found(cluster: string): Promise<z.infer<typeof ledShape>> {
    return ledShape.parse(await this.ask("found", { cluster }));
  }

  /** Looks for new versions of secrets, as the programs do once a minute. */
  async rotate(cluster: string): Promise<void> {
    await this.ask("rotate", { cluster });
  }

  /** Removes what no service uses any more. */
  async prune(cluster: string): Promise<void> {
    await this.ask("prune", { cluster });
  }

  stop(): void {
    this.process.kill();
  }

  private ask(what: string, options: Readonly<Record<string, unknown>>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.process.stdin!.write(`${JSON.stringify({ do: what, with: options })}\n`);
    });
  }
}

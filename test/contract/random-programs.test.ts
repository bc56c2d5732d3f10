import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { providerOverride, readEndpoints } from "../../stacks/aws/engine/endpoints.js";
import { accountIsMissing, openAccount, type Account } from "../live/account.js";
import { amendMistakes } from "../live/mistakes.js";
import { openWire, type Wire } from "../live/wire.js";
import { anyProgram, declareProgram, type AnyProgram } from "../program/random-program.js";
import { errorOf, synthesize, type Synthesized } from "../program/synthesize.js";
import { startRealProvider } from "./real-provider.js";
import { OVERRIDE, type RunningProvider } from "./running-provider.js";
import { startSandboxProvider } from "./sandbox-provider.js";

/** A load balancer takes the emulator half a minute: by hand there may be more (LIGHTFLEET_PROGRAMS, LIGHTFLEET_SEED). */
const COUNT = Number(process.env["LIGHTFLEET_PROGRAMS"] ?? 2);
const SEED = Number(process.env["LIGHTFLEET_SEED"] ?? Date.now() % 1_000_000);

const missing = accountIsMissing();

describe.skipIf(missing !== undefined)("random programs", { timeout: 600_000 * Math.max(1, COUNT) }, () => {
  let account: Account;
  let wire: Wire;
  let real: RunningProvider;
  let sandbox: RunningProvider;

  beforeAll(async () => {
    account = await openAccount();
    wire = await openWire(account.url);
    wire.amend = amendMistakes();
    const endpoints = providerOverride(readEndpoints({ AWS_ENDPOINT_URL: wire.url }));
    real = await startRealProvider({
      ...OVERRIDE,
      provider: { aws: OVERRIDE.provider.aws.map((one) => ({ ...one, ...endpoints })) },
      // It refuses what comes without TLS.
      resource: { aws_s3_bucket_policy: { cluster: { count: 0 } } },
    });
  }, 300_000);
  afterAll(async () => {
    await Promise.all([real?.close(), wire?.close(), account?.stop()]);
  });

  test("that the sandbox applies, the real provider applies in an emulated account, to the same resources", async () => {
    let [held, refused] = [0, 0];
    for (const drawn of fc.sample(anyProgram, { numRuns: COUNT * 3, seed: SEED })) {
      if (held === COUNT) break;
      const written = write(drawn);
      if (written === undefined) refused++;
      else {
        await account.reset();
        sandbox = await startSandboxProvider();
        try {
          const { document } = written.files;
          const here = await sandbox.apply(document);
          const there = await real.apply(document).catch((error: Error) => {
            throw new Error(`the sandbox applied (seed ${SEED}) ${JSON.stringify(drawn)}, and then:\n${error.message}`);
          });
          expect(outline(here)).toEqual(outline(there));
          held++;
        } finally {
          await sandbox.close();
        }
      }
    }
    console.log(`${held} random programs are applied alike, and ${refused} refused before (seed ${SEED})`);
    expect(held).toBe(COUNT);
  });
});

/** What a program comes to; undefined where the language refuses it. */
function write(drawn: AnyProgram): Synthesized | undefined {
  const [name] = drawn.names;
  let written: Synthesized | undefined;
  const run = (): void => void (written = synthesize((app) => void declareProgram(app, drawn), name));
  try {
    run();
    return written;
  } catch {
    expect(errorOf(run).code).toBe("LF040");
    return undefined;
  }
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

/** What the program decides of each resource; the emulator has no bucket policy. */
function outline(state: string): Record<string, unknown> {
  const { resources }: StateFile = JSON.parse(state);
  const told = resources
    .filter(({ mode, type }) => mode === "managed" && type !== "aws_s3_bucket_policy")
    .map(({ type, name, instances }) => {
      const {
        tags_all = null,
        desired_capacity = null,
        priority = null,
        port = null,
        ...rest
      } = instances[0]?.attributes ?? {};
      const own = /^(aws_iam_|aws_s3_)/.test(type) ? null : (rest["name"] ?? null);
      return [`${type}.${name}`, { tags_all, desired_capacity, priority, port, own }] as const;
    });
  return Object.fromEntries(told.sort(([a], [b]) => (a < b ? -1 : 1)));
}

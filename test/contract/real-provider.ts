import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { connectProvider, launchProvider } from "../../scripts/generate/launch.mjs";
import { findExecutable, findMirror } from "../../scripts/generate/mirror.mjs";
import { startProxy } from "./proxy.js";
import { RunningProvider } from "./running-provider.js";
import { filterSchemaResponse } from "./schema-filter.js";

const types = z
  .object({ version: z.string(), resources: z.array(z.string()), data: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(new URL("../../providers/aws/types.json", import.meta.url), "utf8")));

const executable = findRealProvider();

/** Why the real provider cannot be asked here; undefined where it can. */
export const whyNoRealProvider: string | undefined =
  executable === undefined
    ? `no hashicorp/aws ${types.version} in a filesystem mirror (LIGHTFLEET_PROVIDER_MIRROR)`
    : spawnSync("terraform", ["version"]).status === 0
      ? undefined
      : "no terraform on PATH";

/**
 * Starts the real hashicorp/aws, offline (about two seconds). Throws where {@link whyNoRealProvider} says why.
 * @param override as of {@link RunningProvider}: one with endpoints lets it work in an emulated account
 */
export async function startRealProvider(override?: Readonly<Record<string, unknown>>): Promise<RunningProvider> {
  if (executable === undefined) throw new Error(whyNoRealProvider);
  const directory = mkdtempSync(join(tmpdir(), "lf-real-"));
  const provider = await launchProvider(executable);
  const session = connectProvider(provider);
  const socket = join(directory, "proxy.sock");
  const [resources, data] = [new Set(types.resources), new Set(types.data)];
  const proxy = await startProxy(session, socket, (schema) => filterSchemaResponse(schema, resources, data));
  const end = async (): Promise<void> => {
    await proxy.close();
    session.close();
    await provider.stop();
  };
  // It has one configuration a process, whoever asks: two runs at a time would see each other's default tags.
  const reattachment = { pid: provider.pid, socket };
  return new RunningProvider({ directory, reattachment, end, atOnce: 1, ...(override && { override }) });
}

function findRealProvider(): string | undefined {
  const mirror = findMirror();
  return mirror === undefined ? undefined : findExecutable(mirror, types.version);
}

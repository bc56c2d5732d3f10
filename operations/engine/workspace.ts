import { existsSync, readFileSync, renameSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { init } from "../../terraform/init.js";
import { forgetBrokenNote, isInitialized, markInitialized } from "../../terraform/init-marker.js";
import type { EngineContext } from "../../terraform/run.js";
import { pushState } from "../../terraform/state.js";
import type { CommandContext } from "../context.js";
import type { SynthesizedCluster } from "../program/output-folder.js";
import { atEngine } from "./run-engine.js";
import { erroredPlaces, findErrored, isState, keepPrivate, SAVED, write } from "./errored-state.js";
import type { Session } from "./session.js";
import { isRecord } from "../../lib/records.js";

export interface WorkbenchOptions {
  /** Whether the state is being moved: a local one is then no reason to refuse. @default false */
  readonly moving?: boolean;
  /** Whether a lock is being taken away, which keeps a state that is still to be saved from being saved. @default false */
  readonly unlocking?: boolean;
}

/** A cluster's folder with its engine ready to work there. */
export async function openWorkbench(
  session: Session,
  cluster: SynthesizedCluster,
  { moving = false, unlocking = false }: WorkbenchOptions = {},
): Promise<EngineContext> {
  const { context, engine } = session;
  const json = await readFile(cluster.stackFile);
  const root: unknown = JSON.parse(json.toString("utf8"));
  const place = session.sandbox
    ? await openInSandbox(context, cluster.id, json)
    : await openInAccount(session, cluster, root, moving);
  const engineContext: EngineContext = {
    engine,
    cwd: place.cwd,
    env: place.env,
    ...(place.onStart !== undefined && { onStart: place.onStart }),
    signal: context.signal,
    onEvent: (event) => context.host.progress({ type: "engine", event }),
  };
  const settings = initSettings(root, place.override);
  await forgetBrokenNote(engineContext);
  if (!(await isInitialized(engineContext, settings))) await prepare(session, cluster, engineContext, settings);
  if (!unlocking) await saveErrored(session, cluster, engineContext);
  return engineContext;
}

async function prepare(
  session: Session,
  cluster: SynthesizedCluster,
  engineContext: EngineContext,
  settings: unknown,
): Promise<void> {
  const { context, engine } = session;
  context.host.progress({ type: "step", text: `preparing ${engine.name} for ${cluster.id}` });
  // What init warns of is about its lock file, which is ours to keep: nobody needs to read it.
  await atEngine(session, cluster.id, () =>
    init({ ...engineContext, onEvent: () => undefined }, { reconfigure: !session.sandbox }),
  );
  await markInitialized(engineContext, settings);
}

/**
 * Puts a state where it belongs that an earlier run could only keep beside the JSON, since the network or the credentials
 * were gone by then. The engine refuses one that is older than what is there.
 * @throws LF613 where it cannot be put there
 */
async function saveErrored(session: Session, cluster: SynthesizedCluster, engineContext: EngineContext): Promise<void> {
  await keepPrivate(engineContext.cwd);
  const file = findErrored(erroredPlaces(engineContext.cwd, cluster.id));
  if (file === undefined) return;
  const { host } = session.context;
  host.progress({ type: "step", text: "saving the state that the last run could not save" });
  try {
    await atEngine(session, cluster.id, () => pushState(engineContext, file));
  } catch (cause) {
    if (!LightfleetError.is(cause)) throw cause;
    throw new LightfleetError(`the state that the last run could not save is still in ${file}: ${cause.message}`, {
      code: "LF613",
      kind: "external",
      hint: cause.hint ?? "keep that file: it is all that is known of what the last run made; then run this again",
      findings: cause.findings,
      cause,
    });
  }
  await rename(file, file + SAVED);
  host.progress({ type: "note", text: "the state that the last run could not save is saved now" });
}

/** Where the engine works, and what it is told beside the synthesized JSON. */
interface Place {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly override?: unknown;
  readonly onStart?: (pid: number) => void;
}

async function openInAccount(
  { context, engine }: Session,
  cluster: SynthesizedCluster,
  root: unknown,
  moving: boolean,
): Promise<Place> {
  const [
    { engineEnvironment, writeOverride },
    { overrideFor },
    { readBackend, refuseUnfitBackend },
    { refuseEmptyState },
  ] = await Promise.all([
    import("./override.js"),
    import("../../stacks/aws/engine/override.js"),
    import("../state/backend.js"),
    import("../state/empty-state.js"),
  ]);
  const backend = readBackend(root);
  if (backend.kind === "local") {
    const file = resolve(cluster.stackDir, backend.path || "terraform.tfstate");
    replaceCutOff(context, file, cluster.stackDir, cluster.id);
    await refuseEmptyState(file, cluster);
  }
  if (!moving) await refuseUnfitBackend(backend, engine, cluster, context.dir);
  const override = overrideFor(root, context.env);
  await writeOverride(cluster.stackDir, override);
  return { cwd: cluster.stackDir, env: await engineEnvironment(context.env), override };
}

async function openInSandbox(context: CommandContext, cluster: string, json: Buffer): Promise<Place> {
  const { openSandbox } = await import("../../sandbox/cloud.js");
  const sandbox = openSandbox(context.dir);
  const note = (text: string): void => context.host.progress({ type: "note", text });
  await sandbox.settle(cluster, note);
  replaceCutOff(context, sandbox.stateFile(cluster), dirname(sandbox.stateFile(cluster)), cluster);
  sandbox.recover(cluster, note);
  const { cwd, env } = await sandbox.prepare(cluster, json);
  return { cwd, env, onStart: (pid) => sandbox.markEngine(cluster, pid) };
}

/**
 * A state in a file that a full disk cut off gives way to the one that the last run could save in another place: the engine
 * would refuse to put that into a file that it cannot read.
 * @param dir the root module's folder
 */
function replaceCutOff({ host }: CommandContext, stateFile: string, dir: string, cluster: string): void {
  const errored = findErrored(erroredPlaces(dir, cluster));
  if (errored === undefined || !existsSync(stateFile) || isState(readFileSync(stateFile, "utf8"))) return;
  if (!write(stateFile, readFileSync(errored, "utf8"))) return;
  renameSync(errored, errored + SAVED);
  host.progress({ type: "note", text: "the state that the last run could not save is saved now" });
}

/** What `init` reads of Terraform JSON: backend, providers (also those that resource types imply), and modules. */
function initSettings(json: unknown, override: unknown): unknown {
  const root = isRecord(json) ? json : {};
  const types = ["resource", "data", "ephemeral"].flatMap((kind) => keysOf(root[kind]));
  const prefixes = types.map((type) => type.split("_")[0] ?? type);
  const modules = isRecord(root["module"]) ? Object.values(root["module"]) : [];
  return [
    root["terraform"] ?? null,
    isRecord(override) ? (override["terraform"] ?? null) : null,
    keysOf(root["provider"]).sort(),
    [...new Set(prefixes)].sort(),
    modules.map((module) => (isRecord(module) ? [module["source"], module["version"]] : null)),
  ];
}

function keysOf(value: unknown): string[] {
  return isRecord(value) ? Object.keys(value) : [];
}

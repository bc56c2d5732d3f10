import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { AnyProgram, AnyService } from "../../program/any-program.js";
import type { Prop } from "../../program/any-service.js";
import { ARRIVALS, type Container, type Observed, type ServiceSpec } from "./arrivals.js";
import { localBundle } from "./local-bundle.js";
import { isDeployed } from "./programs.js";
import type { Swarm } from "./swarm.js";

/** A program that was released, and what came of it. */
export interface Held {
  /** Values that were compared with what the program says. */
  readonly fields: number;
  /** Whether the container of a task was among what was looked at. */
  readonly ran: boolean;
  /** What the engine refused, or what arrived otherwise than it was written. */
  readonly problems: readonly string[];
}

const record = z.record(z.string(), z.unknown());
/** What is a cluster's; without its name, of any. */
const labelled = (cluster?: string): string => {
  const label = "com.docker.stack.namespace" + (cluster === undefined ? "" : `=${cluster}`);
  return `?filters=${encodeURIComponent(JSON.stringify({ label: [label] }))}`;
};
const text = (value: unknown): string => {
  const shown = typeof value === "string" ? JSON.stringify(value) : (JSON.stringify(value) ?? "nothing");
  return shown.length > 300 ? `${shown.slice(0, 300)}… (${shown.length})` : shown;
};

/**
 * Releases a program by the programs of VMs, and compares what the engine has then with what the program says: of the service
 * that runs in the container of its task, of the others in the service.
 */
export async function hold(swarm: Swarm, program: AnyProgram, bundle: unknown): Promise<Held> {
  const { cluster } = program;
  await swarm.programs.keep(cluster, secretsOf(program));
  const runs = (id: string): boolean => program.services.some((service) => service.id === id && service.runs);
  const local = localBundle(bundle, swarm.engines.home, runs);
  const released = await swarm.programs.release(cluster, JSON.stringify(local));
  if (!isDeployed(released)) return { fields: 0, ran: false, problems: [`refused: ${text(released.outcome)}`] };
  const services = (await swarm.manager.call("GET", `/services${labelled(cluster)}`)) as {
    ID: string;
    Spec: ServiceSpec & { Name: string };
  }[];
  const contents = await configsOf(swarm);
  const problems: string[] = [];
  let fields = 0;
  let ran = false;
  for (const service of program.services) {
    const found = services.find(({ Spec }) => Spec.Name === `${cluster}_${service.id}`);
    if (found === undefined) {
      problems.push(`there is no service ${cluster}_${service.id}`);
      continue;
    }
    const { spec, ...seen } = await observe(swarm, service, found, contents, problems);
    ran ||= seen.container !== undefined;
    for (const prop of Object.keys(service.props) as Prop[])
      for (const [written, arrived] of ARRIVALS[prop](service, { spec, ...seen }, program)) {
        fields++;
        if (text(written) !== text(arrived))
          problems.push(
            `${prop} of ${service.runs ? "a task" : "a service"}: ${text(written)} arrived as ${text(arrived)}`,
          );
      }
  }
  return { fields, ran, problems };
}

async function observe(
  swarm: Swarm,
  service: AnyService,
  { ID, Spec: spec }: { readonly ID: string; readonly Spec: ServiceSpec },
  contents: ReadonlyMap<string, string>,
  problems: string[],
): Promise<Observed> {
  const configs = (spec.TaskTemplate.ContainerSpec.Configs ?? []) as readonly {
    File?: { Name: string };
    ConfigName?: string;
  }[];
  const files = new Map(
    configs.map(({ File, ConfigName }) => [File?.Name ?? "", contents.get(ConfigName ?? "") ?? ""]),
  );
  const rests = { spec, container: undefined, files };
  if (!service.runs || service.props.replicas === 0) return rests;
  const id = await containerOf(swarm, ID, problems);
  if (id === undefined) return rests;
  const container = (await swarm.manager.call("GET", `/containers/${id}/json`)) as Container;
  const paths = [
    ...Object.keys(service.props.files ?? {}),
    ...Object.keys(service.props.secrets ?? {}).map((name) => `/run/secrets/${name}`),
  ];
  return { spec, container, files: await readFiles(swarm, id, paths) };
}

/** The container of a service's task, once it runs; none, with a problem, where it does not come to run. */
async function containerOf(swarm: Swarm, service: string, problems: string[]): Promise<string | undefined> {
  for (;;) {
    for (const { Status } of await swarm.tasks({ service: [service] })) {
      const id = Status.ContainerStatus?.ContainerID;
      // One with a health check is "starting" until the first check was well.
      if (["starting", "running"].includes(Status.State) && id) {
        const { State } = (await swarm.manager.call("GET", `/containers/${id}/json`)) as {
          State: { Running: boolean };
        };
        if (State.Running) return id;
      }
      if (["failed", "rejected", "complete"].includes(Status.State)) {
        problems.push(`its task is ${Status.State}: ${Status.Err ?? ""}`);
        return undefined;
      }
      if (Status.State === "pending" && Status.Err !== undefined) {
        problems.push(`its task is pending: ${Status.Err}`);
        return undefined;
      }
    }
    await sleep(100);
  }
}

/** Files as the program in the container reads them. */
async function readFiles(swarm: Swarm, container: string, paths: readonly string[]): Promise<Map<string, string>> {
  if (paths.length === 0) return new Map();
  const script = `for path; do /bin/busybox base64 -w 0 "$path"; echo; done`;
  const Cmd = ["/bin/sh", "-c", script, "sh", ...paths];
  const exec = { AttachStdout: true, Tty: true, User: "0", Cmd };
  const { Id } = z
    .object({ Id: z.string() })
    .parse(await swarm.manager.call("POST", `/containers/${container}/exec`, exec));
  const said = String(await swarm.manager.call("POST", `/exec/${Id}/start`, { Tty: true }));
  const { ExitCode } = (await swarm.manager.call("GET", `/exec/${Id}/json`)) as { ExitCode: number | null };
  if (ExitCode !== 0) throw new Error(`the files of a container cannot be read (${ExitCode}): ${said}`);
  const lines = said.split("\r\n");
  return new Map(paths.map((path, index) => [path, Buffer.from(lines[index] ?? "", "base64").toString("utf8")]));
}

/** Contents of configs by their name in the swarm. */
async function configsOf(swarm: Swarm): Promise<Map<string, string>> {
  const configs = (await swarm.manager.call("GET", "/configs")) as { Spec: { Name: string; Data?: string } }[];
  return new Map(configs.map(({ Spec }) => [Spec.Name, Buffer.from(Spec.Data ?? "", "base64").toString("utf8")]));
}

const secretsOf = ({ secrets }: AnyProgram): Record<string, unknown> =>
  Object.fromEntries(
    secrets.map(({ source, name, value }) => [
      name,
      source === "ssm" ? value : { SecretString: value, VersionId: "1" },
    ]),
  );

/** Takes clusters out of the swarm again. */
export async function clear(swarm: Swarm, clusters: readonly string[]): Promise<void> {
  const list = async (path: string): Promise<Record<string, unknown>[]> =>
    z.array(record).parse((await swarm.manager.call("GET", path)) ?? []);
  for (const cluster of clusters)
    for (const { ID } of await list(`/services${labelled(cluster)}`))
      await swarm.manager.call("DELETE", `/services/${String(ID)}`);
  // A network that goes before its tasks have left the node keeps its range there. Tasks that never came to it use none.
  const nodes = (await swarm.nodes()).map(({ ID }) => ID);
  while ((await swarm.tasks({ node: nodes })).length > 0) await sleep(100);
  const remove = (path: string): Promise<unknown> => swarm.manager.call("DELETE", path).catch(() => undefined);
  for (const kind of ["configs", "secrets"])
    for (const { ID } of await list(`/${kind}`)) await remove(`/${kind}/${String(ID)}`);
  for (const { Id } of await list(`/networks${labelled()}`)) await remove(`/networks/${String(Id)}`);
}

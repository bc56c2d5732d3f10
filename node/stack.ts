import { networkRanges } from "../model/network-ranges.js";
import { overlays, type Overlay } from "../model/overlays.js";
import { publishedKey, publishedPorts } from "../model/published-ports.js";
import type { EdgeModel, FleetModel, HealthModel, Model, ServiceModel, Value } from "../model/schema.js";
import { sortedRecord } from "../model/order.js";
import { Hole, type Json } from "./json.js";
import { composeContainer, composeUlimits } from "./container.js";
import { composeDeploy, mapValues } from "./deploy.js";
import { literal, unexpanded } from "./escapes.js";
import { fileKey, secretKey } from "./keys.js";
import { composeLogging } from "./logging.js";
import { probeCommand, probeMount } from "./probe.js";

/** Where the parts of a stack come from that other resources make, by the platform: addresses of shared volumes. */
export interface StackSources {
  /** The host name of a shared volume's file system, by the volume's id. */
  readonly volumeHosts: ReadonlyMap<string, string>;
}

/**
 * The services as a stack that `docker stack deploy` accepts. File format 3.9 is the newest that Docker 20.10 knows, and
 * has all that is used here; later ones take it as well.
 */
export function composeStack(model: Model, { volumeHosts }: StackSources): Json {
  const networks = overlays(model);
  const ranges = networkRanges(model, networks);
  const published = publishedPorts(model);
  const joined = networksByMember(networks);
  const fleets = new Map(model.fleets.map((fleet) => [fleet.id, fleet]));
  const logging = composeLogging(model);
  const services: Record<string, Json> = {};
  for (const service of model.services) {
    const networks = joined.get(service.id) ?? [];
    services[service.id] = composeService(service, { fleets, published, networks, logging });
  }
  const volumes = model.volumes.map(({ id, kind }): readonly [string, Json] => [
    id,
    kind === "node" ? {} : nfs(volumeHosts.get(id) ?? ""),
  ]);
  return {
    version: "3.9",
    services,
    networks: Object.fromEntries(networks.map(({ name }) => [name, composeNetwork(ranges.get(name), model.encrypt)])),
    ...(volumes.length > 0 && { volumes: Object.fromEntries(volumes) }),
  };
}

/** @param range undefined where Swarm gives it one itself */
const composeNetwork = (range: string | undefined, encrypt = false): Json => ({
  driver: "overlay",
  attachable: false,
  ...(encrypt && { driver_opts: { encrypted: "" } }),
  ...(range !== undefined && { ipam: { config: [{ subnet: range }] } }),
});

/** Gone through once: a search of all networks for each service would cost the square of their number. */
function networksByMember(networks: readonly Overlay[]): Map<string, string[]> {
  const joined = new Map<string, string[]>();
  for (const { name, members } of networks)
    for (const member of members) {
      const names = joined.get(member);
      if (names === undefined) joined.set(member, [name]);
      else names.push(name);
    }
  return joined;
}

/** A file system over the network, with the options that EFS recommends (Amazon EFS User Guide, "Mounting considerations"). */
const nfs = (host: string): Json => ({
  driver_opts: {
    type: "nfs",
    o: new Hole(`addr=${host},nfsvers=4.1,rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport`),
    device: ":/",
  },
});

/** What is around a service. */
interface Surroundings {
  readonly fleets: ReadonlyMap<string, FleetModel>;
  readonly networks: readonly string[];
  readonly published: ReadonlyMap<string, number>;
  /** The same for all. */
  readonly logging: Json;
}

function composeService(service: ServiceModel, { fleets, networks, published, logging }: Surroundings): Json {
  const { user, sysctl } = service;
  const secrets = Object.entries(service.secrets).map(([file, secret]) => ({
    source: secretKey(secret),
    target: literal(file),
  }));
  const configs = composeConfigs(service);
  const composed: Record<string, Json> = { image: toJson(service.image) };
  const add = (key: string, list: readonly Json[]): void => {
    if (list.length > 0) composed[key] = list;
  };
  if (service.entrypoint) composed["entrypoint"] = service.entrypoint.map(toJson);
  if (service.args) composed["command"] = service.args.map(toJson);
  if (user !== null) composed["user"] = literal(user);
  const variables = environment(service);
  if (variables !== undefined) composed["environment"] = variables;
  composed["networks"] = [...networks].sort();
  add("ports", composePorts(service, published));
  add("volumes", composeMounts(service));
  add("secrets", secrets);
  add("configs", configs);
  if (service.readOnly) composed["read_only"] = true;
  if (service.capabilities) Object.assign(composed, { cap_drop: ["ALL"], cap_add: service.capabilities });
  if (Object.keys(sysctl).length > 0) composed["sysctls"] = mapValues(sysctl, literal);
  const limits = composeUlimits(service);
  if (limits !== undefined) composed["ulimits"] = limits;
  if (service.health) composed["healthcheck"] = composeHealth(service.health);
  composed["logging"] = logging;
  composed["stop_grace_period"] = `${service.stopGraceMs}ms`;
  composed["deploy"] = composeDeploy(service, fleets);
  Object.assign(composed, composeContainer(service));
  return composed;
}

/** The user's variables, and the address of each service that is used. */
function environment({ env, uses }: ServiceModel): Json | undefined {
  const variables = [
    ...Object.entries(env).map(([name, value]) => [name, variable(value)] as const),
    ...uses.flatMap((edge) => (edge.as === undefined ? [] : [[edge.as, address(edge)] as const])),
  ];
  return variables.length > 0 ? sortedRecord(Object.fromEntries(variables)) : undefined;
}

function address({ to, port }: EdgeModel): Json {
  if ("service" in to) return `${to.service}:${port}`;
  return variable(typeof to.host === "string" ? `${to.host}:${port}` : { terraform: `${to.host.terraform}:${port}` });
}

/** The value of a variable, so that the container has it as it is written. */
function variable(value: Value): Json {
  return typeof value === "string" ? unexpanded(value) : new Hole(value.terraform, "variable");
}

function toJson(value: Value): Json {
  return typeof value === "string" ? literal(value) : new Hole(value.terraform);
}

function composePorts(service: ServiceModel, published: ReadonlyMap<string, number>): Json[] {
  return service.ports.flatMap(({ port, hostPort }): Json[] => {
    if (hostPort !== null) return [{ target: port, published: hostPort, protocol: "tcp", mode: "host" }];
    const ingress = published.get(publishedKey({ service: service.id, port }));
    return ingress === undefined ? [] : [{ target: port, published: ingress, protocol: "tcp", mode: "ingress" }];
  });
}

function composeConfigs({ id, files, binaryFiles = {}, fileOwners = {} }: ServiceModel): Json[] {
  return [...Object.keys(files), ...Object.keys(binaryFiles)].map((path) => {
    const { mode, uid, gid } = fileOwners[path] ?? {};
    return {
      ...{ source: fileKey(id, path), target: literal(path) },
      ...(mode !== undefined && { mode }),
      ...(uid !== undefined && { uid: String(uid) }),
      ...(gid !== undefined && { gid: String(gid) }),
    };
  });
}

function composeMounts({ volumes, shmMiB, tmpfs = {}, health }: ServiceModel): Json[] {
  return [
    ...Object.entries(volumes).map(([path, id]) => ({ type: "volume", source: id, target: unexpanded(path) })),
    ...(shmMiB === null ? [] : [inMemory("/dev/shm", shmMiB)]),
    ...Object.entries(tmpfs).map(([path, mib]) => inMemory(unexpanded(path), mib)),
    ...probeMount(health),
  ];
}

const inMemory = (target: string, mib: number): Json => ({ type: "tmpfs", target, tmpfs: { size: mib * 1024 * 1024 } });

function composeHealth(health: HealthModel): Json {
  const { intervalMs, timeoutMs, retries, graceMs } = health;
  const times = { interval: `${intervalMs}ms`, timeout: `${timeoutMs}ms`, retries, start_period: `${graceMs}ms` };
  const words = health.kind === "command" ? health.command : probeCommand(health);
  return { test: ["CMD", ...words.map(literal)], ...times };
}

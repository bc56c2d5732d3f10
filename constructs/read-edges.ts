import { Token } from "cdktf";
import { edgeName } from "../model/edges.js";
import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { within } from "../model/limits/limit.js";
import { byText } from "../model/order.js";
import type { EdgeModel } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import { sameCluster } from "./element.js";
import { ENV_NAME, ENV_NAME_TEXT } from "./env-name.js";
import { endpointOf, type Endpoint, type External } from "./external.js";
import { hostProblem } from "./host-problem.js";
import type { DeclaredEdge, Service } from "./service.js";
import { element, number, options, text, value } from "./shape.js";
import { showValue } from "./show.js";
import type { Capture } from "./source.js";
import { toValue } from "./value.js";

const EXTERNAL = options<Endpoint & { readonly kind?: string }>("external()", {
  kind: text(),
  "host!": value("a host"),
  "port!": number(
    "a port",
    "write the number, as in external(db.address, 5432): a rule of the firewall opens that port, and AWS refuses a second rule for one port, so that it has to be known before the plan",
  ),
});

/** Reports a mistake made by a certain call. */
export type RefuseAt = (at: Capture, ...problem: Parameters<Border["refuse"]>) => void;

/** What a service may use, or undefined where it is something else. */
export function readPeerKind(other: unknown, border: Border): Service | External | undefined {
  const endpoint = endpointOf(other) ?? (isExternal(other) ? other : undefined);
  if (endpoint !== undefined)
    return EXTERNAL(endpoint, "external()", border) === undefined ? undefined : (other as External);
  if (other === undefined) border.refuseUndefined("uses()");
  else return element("service")(other, "uses()", border) as Service | undefined;
  return undefined;
}

const isExternal = (other: unknown): boolean =>
  typeof other === "object" && other !== null && Reflect.get(other, "kind") === "external";

/** An edge of the model, and where it was declared. */
export interface ReadEdge {
  readonly edge: EdgeModel;
  readonly at: Capture;
}

/**
 * Takes the edges of a service over the border, sorted by their variable, and by whom they lead to where they have none. An edge that says no
 * port is to those that others say, or else to all. One with no variable is left out where another says the same.
 */
export function readEdges(
  service: Service,
  edges: readonly DeclaredEdge[],
  env: Readonly<Record<string, unknown>>,
  refuseAt: RefuseAt,
): ReadEdge[] {
  const names = new Set(Object.keys(env));
  const read: ReadEdge[] = [];
  const add = ({ at, mesh }: DeclaredEdge, edge: EdgeModel | undefined): void => {
    if (edge === undefined) return;
    const made: EdgeModel = mesh === undefined ? edge : { ...edge, mesh };
    const same = read.some((one) => isSame(one.edge, made) && (one.edge.mesh ?? mesh) === one.edge.mesh);
    if (made.as !== undefined || !same) read.push({ edge: made, at });
  };
  for (const edge of edges) if (edge.options.as !== undefined) add(edge, readNamed(service, edge, names, refuseAt));
  const others = edges.filter(({ options }) => options.as === undefined);
  for (const edge of others.filter((one) => !isOpen(one))) add(edge, readEdge(service, edge, refuseAt));
  for (const edge of others.filter(isOpen))
    if (edge.mesh !== undefined || !read.some((one) => leadsTo(one.edge, edge)))
      for (const port of portsOf(edge)) {
        const made = readEdge(service, { ...edge, options: { ...(port !== undefined && { port }) } }, refuseAt);
        if (made === undefined) break;
        add(edge, made);
      }
  return read.sort((a, b) => byText(a.edge.as ?? "", b.edge.as ?? "") || byText(edgeName(a.edge), edgeName(b.edge)));
}

/** Whether an edge to a service leaves its port open. */
const isOpen = ({ to, options }: DeclaredEdge): boolean => options.port === undefined && !("kind" in to);

const leadsTo = ({ to }: EdgeModel, edge: DeclaredEdge): boolean =>
  "service" in to && !("kind" in edge.to) && to.service === edge.to.name;

/** The ports of a service that an open edge is to; one that is undefined stands for a service with none, which is refused. */
const portsOf = ({ to, mesh }: DeclaredEdge): readonly (number | undefined)[] => {
  const ports = "kind" in to ? [] : to.ports;
  return ports.length > 0 || mesh !== undefined ? ports : [undefined];
};

const isSame = (a: EdgeModel, b: EdgeModel): boolean =>
  edgeName({ ...a, as: undefined }) === edgeName({ ...b, as: undefined }) && "service" in a.to === "service" in b.to;

function readNamed(
  service: Service,
  edge: DeclaredEdge,
  names: Set<string>,
  refuseAt: RefuseAt,
): EdgeModel | undefined {
  const { as = "" } = edge.options;
  if (!ENV_NAME.test(as)) refuseAt(edge.at, "LF018", `'as' (${showValue(as)}) must be ${ENV_NAME_TEXT}`);
  if (names.has(as))
    refuseAt(
      edge.at,
      "LF014",
      `'as' (${showValue(as)}) is set already, by 'env' or another edge`,
      "give each its own variable",
    );
  names.add(as);
  return readEdge(service, edge, refuseAt);
}

const readEdge = (service: Service, edge: DeclaredEdge, refuseAt: RefuseAt): EdgeModel | undefined =>
  "kind" in edge.to ? readExternal(service, edge, refuseAt) : readPeer(service, edge, refuseAt);

const variableOf = ({ as }: DeclaredEdge["options"]): Pick<EdgeModel, "as"> => (as === undefined ? {} : { as });

function readExternal(service: Service, { to, options, at }: DeclaredEdge, refuseAt: RefuseAt): EdgeModel | undefined {
  const endpoint: Partial<Endpoint> = endpointOf(to) ?? (to as unknown as Endpoint);
  const { host, port = endpoint.port } = { host: endpoint.host, port: options.port };
  if (port === undefined || host === undefined) return undefined;
  if (!isPort(port))
    refuseAt(at, "LF004", `the port of ${showValue(host)} (${port}) must be a whole number, 1 to 65535`);
  const problem = Token.isUnresolved(host) ? undefined : hostProblem(host);
  if (problem !== undefined) refuseAt(at, "LF018", `the host (${showValue(host)}) ${problem.message}`, problem.hint);
  return { ...variableOf(options), to: { host: toValue(service, host) }, port };
}

function readPeer(service: Service, { to, options, at }: DeclaredEdge, refuseAt: RefuseAt): EdgeModel | undefined {
  if ("kind" in to) return undefined;
  if (to === service) {
    refuseAt(
      at,
      "LF008",
      `the service uses itself${options.as === undefined ? "" : ` (as "${options.as}")`}`,
      "tasks of one service reach each other without an edge",
    );
    return undefined;
  }
  if (!sameCluster(service, to)) {
    refuseAt(at, "LF017", `the service uses '${to.node.path}' of another cluster`, "use external(host, port) for it");
    return undefined;
  }
  const port = readPeerPort(to, options.port, (...problem) => {
    refuseAt(at, ...problem);
  });
  return port === undefined ? undefined : { ...variableOf(options), to: { service: to.name }, port };
}

/** The port of a service that an edge or a route means: the one that was said, or its only one. */
export function readPeerPort(to: Service, said: number | undefined, refuse: Border["refuse"]): number | undefined {
  const { ports } = to;
  const [only] = ports;
  if (only === undefined) {
    refuse("LF009", `the service '${to.node.path}' listens on no port`, `give it 'port'`);
    return undefined;
  }
  if (said !== undefined && !ports.includes(said)) {
    refuse("LF010", `'port' (${said}) must be one that '${to.node.path}' listens on: ${ports.join(", ")}`);
    return undefined;
  }
  if (said === undefined && ports.length > 1) {
    refuse("LF010", `'port' is open: '${to.node.path}' listens on ${ports.join(", ")}`, "say which");
    return undefined;
  }
  return said ?? only;
}

const isPort = (port: number): boolean => Number.isInteger(port) && within(ENGINE_LIMITS.port, port);

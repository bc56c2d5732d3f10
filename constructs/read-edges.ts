import { Token } from "cdktf";
import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { within } from "../model/limits/limit.js";
import { byText } from "../model/order.js";
import type { EdgeModel } from "../model/schema.js";
import type { Border } from "./props-validator.js";
import { sameCluster } from "./element.js";
import { ENV_NAME, ENV_NAME_TEXT } from "./env-name.js";
import type { External } from "./external.js";
import { hostProblem } from "./host-problem.js";
import type { DeclaredEdge, Service } from "./service.js";
import { element, number, options, text, value } from "./shape.js";
import { showValue } from "./show.js";
import type { Capture } from "./source.js";
import { toValue } from "./value.js";

const EXTERNAL = options<External>("external()", {
  "kind!": text(),
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
  const isObject = typeof other === "object" && other !== null;
  if (isObject && Reflect.get(other, "kind") === "external")
    return EXTERNAL(other, "external()", border) as External | undefined;
  if (other === undefined) border.refuseUndefined("uses()");
  else return element("service")(other, "uses()", border) as Service | undefined;
  return undefined;
}

/** Takes the edges of a service over the border, sorted by their variable. */
export function readEdges(
  service: Service,
  edges: readonly DeclaredEdge[],
  env: Readonly<Record<string, string>>,
  refuseAt: RefuseAt,
): EdgeModel[] {
  const names = new Set(Object.keys(env));
  const read: EdgeModel[] = [];
  for (const edge of edges) {
    const { as } = edge.options;
    if (!ENV_NAME.test(as)) refuseAt(edge.at, "LF018", `'as' (${showValue(as)}) must be ${ENV_NAME_TEXT}`);
    if (names.has(as))
      refuseAt(
        edge.at,
        "LF014",
        `'as' (${showValue(as)}) is set already, by 'env' or another edge`,
        "give each its own variable",
      );
    names.add(as);
    const known =
      edge.to instanceof Object && "kind" in edge.to
        ? readExternal(service, edge, refuseAt)
        : readPeer(service, edge, refuseAt);
    if (known !== undefined) read.push(known);
  }
  return read.sort((a, b) => byText(a.as, b.as));
}

function readExternal(service: Service, { to, options, at }: DeclaredEdge, refuseAt: RefuseAt): EdgeModel | undefined {
  if (!("kind" in to)) return undefined;
  const port: number | undefined = options.port ?? to.port;
  const host: string | undefined = to.host;
  if (port === undefined || host === undefined) return undefined;
  if (!isPort(port))
    refuseAt(at, "LF004", `the port of ${showValue(host)} (${port}) must be a whole number, 1 to 65535`);
  const problem = Token.isUnresolved(host) ? undefined : hostProblem(host);
  if (problem !== undefined) refuseAt(at, "LF018", `the host (${showValue(host)}) ${problem.message}`, problem.hint);
  return { as: options.as, to: { host: toValue(service, host) }, port };
}

function readPeer(service: Service, { to, options, at }: DeclaredEdge, refuseAt: RefuseAt): EdgeModel | undefined {
  if ("kind" in to) return undefined;
  const { as } = options;
  if (to === service) {
    refuseAt(
      at,
      "LF008",
      `the service uses itself (as "${as}")`,
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
  return port === undefined ? undefined : { as, to: { service: to.name }, port };
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

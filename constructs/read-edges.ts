import { Token } from "cdktf";
import { byText } from "../model/order.js";
import type { EdgeModel } from "../model/schema.js";
import type { Border } from "./border.js";
import { sameCluster } from "./element.js";
import type { DeclaredEdge, Service } from "./service.js";
import type { Capture } from "./source.js";
import { toValue } from "./value.js";

/** Reports a mistake made by a certain call. */
export type RefuseAt = (at: Capture, ...problem: Parameters<Border["refuse"]>) => void;

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
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(as))
      refuseAt(edge.at, "LF018", `'as' (${JSON.stringify(as)}) must be the name of an environment variable`);
    if (names.has(as))
      refuseAt(
        edge.at,
        "LF014",
        `'as' ("${as}") is set already, by 'env' or another edge`,
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
  const port = options.port ?? to.port;
  if (!isPort(port)) refuseAt(at, "LF004", `the port of "${to.host}" (${port}) must be a whole number, 1 to 65535`);
  if (to.host === "" || /[\s/]/.test(to.host))
    refuseAt(at, "LF018", `the host (${JSON.stringify(to.host)}) must be a DNS name or an address`);
  else if (/[${}]/.test(to.host) && !Token.isUnresolved(to.host))
    refuseAt(
      at,
      "LF018",
      `the host (${JSON.stringify(to.host)}) must be a DNS name or an address`,
      "of a resource of yours, hand over the token, as in external(db.address, 5432)",
    );
  return { as: options.as, to: { host: toValue(service, to.host) }, port };
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

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 1 && port <= 65_535;

import { publishedKey } from "../../model/published-ports.js";
import type { GatewayModel, Model } from "../../model/schema.js";
import type { Change } from "../schema.js";
import { attribute, names, same } from "../values.js";
import { change, pairs, type Subject } from "./change.js";
import { requestsFail } from "./gaps.js";
import { renamesOf } from "./renames.js";

/** Gateways and their routes: the way in from outside. */
export function gatewayChanges(base: Model, head: Model): Change[] {
  const fresh = new Map([...renamesOf(base, head)].map(([from, to]) => [from.id, to.id]));
  const renamed = (route: Route): Route => ({ ...route, service: fresh.get(route.service) ?? route.service });
  const services = new Map(base.services.map((service) => [service.id, service]));
  const known: Known = {
    open: publicRoutes(base).map(renamed),
    renamed,
    has: ({ service, port }) => services.get(service)?.ports.some((one) => one.port === port) ?? false,
  };
  return pairs(base.gateways, head.gateways).flatMap(([id, was, now]) => [
    ...gatewayChange(id, was, now),
    ...routeChanges(id, was, now, known),
  ]);
}

function gatewayChange(id: string, was: GatewayModel | undefined, now: GatewayModel | undefined): Change[] {
  const subject: Subject = { id: `gateway:${id}`, kind: "gateway", what: `gateway ${id}` };
  if (was === undefined && now !== undefined) {
    const open = !now.internal;
    return [
      change(subject, "add", {
        weight: open ? "warning" : "plain",
        effect: [
          `a load balancer, ${open ? "reachable from everywhere" : "reachable within the network"}, ${now.certificate === null ? "without TLS" : "with TLS"}`,
        ],
        marks: ["adds", ...(open ? ["opens-public"] : [])],
      }),
    ];
  }
  if (was !== undefined && now === undefined)
    return [
      change(subject, "remove", {
        weight: "danger",
        effect: ["its address is gone, and nothing comes in by it"],
        marks: ["destroys", "downtime"],
      }),
    ];
  return was === undefined || now === undefined ? [] : changed(subject, was, now);
}

function changed(subject: Subject, was: GatewayModel, now: GatewayModel): Change[] {
  const attributes = [
    ...attribute("internal", was.internal, now.internal),
    ...(same(was.certificate, now.certificate)
      ? []
      : [
          {
            name: "certificate",
            before: was.certificate === null ? null : "set",
            after: now.certificate === null ? null : was.certificate === null ? "set" : "set anew",
          },
        ]),
    ...attribute("hosts", was.hosts, now.hosts),
  ];
  if (attributes.length === 0) return [];
  const replaced = was.internal !== now.internal;
  const opens = was.internal && !now.internal;
  const bare = was.certificate !== null && now.certificate === null;
  const { unanswered, anew } = hostEffects(was.hosts, now.hosts);
  const grave = [
    ...(replaced ? ["a load balancer with another address takes its place: the old address is gone"] : []),
    ...(opens ? ["it is reachable from everywhere"] : []),
    ...(bare
      ? ["https:// is answered no longer, since port 443 is closed, and what comes in is no longer encrypted"]
      : []),
    ...unanswered,
  ];
  const others = [
    ...(was.certificate === null && now.certificate !== null
      ? ["it answers on 443 with TLS, and sends what comes to port 80 there"]
      : []),
    ...anew,
  ];
  const effect = [...grave, ...others];
  return [
    change(subject, replaced ? "replace" : "change", {
      weight: replaced || bare ? "danger" : grave.length > 0 ? "warning" : "plain",
      attributes,
      why: [`${names(attributes.map(({ name }) => name))} changed`],
      effect: effect.length > 0 ? effect : ["no service is touched"],
      marks: [
        ...(replaced ? ["replaces"] : []),
        ...(replaced || bare || unanswered.length > 0 ? ["downtime"] : []),
        ...(opens ? ["opens-public"] : []),
        ...(bare ? ["loses-tls"] : []),
      ],
    }),
  ];
}

/** What other hosts mean; no hosts are all hosts. */
function hostEffects(
  was: readonly string[],
  now: readonly string[],
): { readonly unanswered: string[]; readonly anew: string[] } {
  if (same(was, now)) return { unanswered: [], anew: [] };
  if (now.length === 0) return { unanswered: [], anew: ["it answers to every host name"] };
  if (was.length === 0)
    return { unanswered: [`requests for other hosts than ${names(now)} are answered no longer`], anew: [] };
  const [gone, fresh] = [was.filter((host) => !now.includes(host)), now.filter((host) => !was.includes(host))];
  return {
    unanswered: gone.length > 0 ? [`requests for ${names(gone)} are answered no longer`] : [],
    anew: fresh.length > 0 ? [`it answers to ${names(fresh)} too`] : [],
  };
}

type Route = Pick<GatewayModel["routes"][number], "path" | "service" | "port">;

const publicRoutes = ({ gateways }: Model): Route[] =>
  gateways.filter(({ internal }) => !internal).flatMap(({ routes }) => routes);

/** Whether requests for a path reached a service from everywhere already, on whatever port. */
const wasOpen = (open: readonly Route[], { path, service }: Route): boolean =>
  open.some((route) => route.service === service && covers(route.path, path));

const covers = (above: string, path: string): boolean =>
  above === "/" || path === above || path.startsWith(`${above}/`);

/** What is known of base. */
interface Known {
  /** What was reached from everywhere, by the services' names in head. */
  readonly open: readonly Route[];
  readonly renamed: (route: Route) => Route;
  /** Whether the service had that port. */
  readonly has: (route: Route) => boolean;
}

function routeChanges(
  id: string,
  was: GatewayModel | undefined,
  now: GatewayModel | undefined,
  { open, renamed, has }: Known,
): Change[] {
  const routes = (gateway: GatewayModel | undefined) => new Map((gateway?.routes ?? []).map((one) => [one.path, one]));
  const [before, after] = [routes(was), routes(now)];
  const targets = new Set(was?.routes.map(publishedKey));
  const isOpen = now !== undefined && !now.internal;
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((path): Change[] => {
    const [from, to] = [before.get(path), after.get(path)];
    if (same(from, to)) return [];
    const opens = isOpen && to !== undefined && !wasOpen(open, to);
    const left = from !== undefined && renamed(from).service !== to?.service;
    // A service that has its port anew tells of that itself.
    const fresh = from !== undefined && to !== undefined && !targets.has(publishedKey(to));
    const gap = fresh && (from.service !== to.service || has(to)) ? requestsFail([id], `on port ${to.port}`) : [];
    const subject: Subject = { id: `route:${id}${path}`, kind: "route", what: `route ${path} of ${id}` };
    const action = from === undefined ? "add" : to === undefined ? "remove" : "change";
    return [
      change(subject, action, {
        weight: left || opens || gap.length > 0 ? "warning" : "plain",
        attributes: [{ name: "to", before: from ? told(from) : null, after: to ? told(to) : null }],
        effect: [
          ...(to === undefined ? [] : [`requests for ${path} reach ${told(to)}${isOpen ? ", from everywhere" : ""}`]),
          ...(left ? [`requests for ${path} reach ${told(from)} no longer`] : []),
          ...gap,
        ],
        interrupts: from !== undefined && gap.length > 0 ? [from.service] : [],
        marks: [
          ...(action === "remove" ? ["destroys"] : action === "add" ? ["adds"] : []),
          ...(gap.length > 0 ? ["downtime"] : []),
          ...(opens ? ["opens-public"] : []),
        ],
      }),
    ];
  });
}

const told = ({ service, port }: Route): string => `${service}:${port}`;

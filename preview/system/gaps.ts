import { publishedKey, publishedPorts } from "../../model/published-ports.js";
import type { GatewayModel, Model, ServiceModel } from "../../model/schema.js";
import { names } from "../values.js";

/** What fails for a while, since both sides of a call change each at its own pace. */
export interface Gap {
  readonly effect: readonly string[];
  /** Services whose calls may fail meanwhile. */
  readonly callers: readonly string[];
}

export const noGap: Gap = { effect: [], callers: [] };

/** Where services find a service no more as they did, until both have started anew. */
export const callsFail = (callers: readonly string[], how: string): string[] =>
  callers.length > 0 ? [`calls of ${names(callers)} may fail until both sides have started anew ${how}`] : [];

/** @param where of the targets, as in `on port 8080` */
export const requestsFail = (gateways: readonly string[], where: string): string[] =>
  gateways.length > 0 ? [`requests by ${names(gateways)} may fail until its targets ${where} are healthy`] : [];

/** What fails while a service's ports change, on VMs too, since those who call it and the service itself start anew. */
export function portGap(was: ServiceModel, now: ServiceModel, base: Model, head: Model): Gap {
  const before = was.ports.map(({ port }) => port);
  const fresh = before.length > 0 ? now.ports.map(({ port }) => port).filter((port) => !before.includes(port)) : [];
  const asked = [...fresh, ...republished(now, base, head)];
  const gateways = head.gateways.filter((gateway) => reaches(gateway, now.id, asked)).map(({ id }) => id);
  const callers = callersOf(now.id, head, fresh);
  return {
    effect: [
      ...callsFail(callers, `with port ${names(fresh.map(String))}`),
      ...requestsFail(gateways, `on port ${names(asked.map(String))}`),
    ],
    callers,
  };
}

/** Ports of a service that gateways reach by other ports of its VMs than before. */
function republished({ id, ports }: ServiceModel, base: Model, head: Model): number[] {
  if (!head.gateways.some((gateway) => reaches(gateway, id))) return [];
  const [before, after] = [publishedPorts(base), publishedPorts(head)];
  const keys = ports.map(({ port }) => ({ port, key: publishedKey({ service: id, port }) }));
  const differs = (key: string): boolean => before.has(key) && after.has(key) && before.get(key) !== after.get(key);
  return keys.filter(({ key }) => differs(key)).map(({ port }) => port);
}

/** What fails where a service leaves all its fleets: gateways ask the VMs of the new ones before any task is there. */
export function moveGap(was: ServiceModel, now: ServiceModel, base: Model, head: Model): Gap {
  if (was.on.some((id) => now.on.includes(id))) return noGap;
  const before = base.gateways.filter((gateway) => reaches(gateway, was.id)).map(({ id }) => id);
  const gateways = head.gateways.filter((gateway) => before.includes(gateway.id) && reaches(gateway, now.id));
  const effect = requestsFail(
    gateways.map(({ id }) => id),
    `on ${names(now.on)}`,
  );
  return { effect, callers: effect.length > 0 ? [now.id] : [] };
}

/** Services that call one, on some of its ports or on any. */
export const callersOf = (service: string, { services }: Model, ports?: readonly number[]): string[] =>
  services
    .filter(({ uses }) =>
      uses.some(({ to, port }) => "service" in to && to.service === service && (ports?.includes(port) ?? true)),
    )
    .map(({ id }) => id);

const reaches = ({ routes }: GatewayModel, service: string, ports?: readonly number[]): boolean =>
  routes.some((route) => route.service === service && (ports?.includes(route.port) ?? true));

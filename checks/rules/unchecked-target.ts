import type { Rule } from "../rule.js";

export const uncheckedTarget: Rule = {
  code: "LF404",
  severity: "warning",
  title: "a public gateway leads to services with a health check",
  why: `Without a health check a task counts as well from the moment its process exists, and takes requests before it can answer
them. A rolling update goes on to the next task at once, and never rolls back.`,
  fix: `give the service health: http("/healthz"), or tcp()`,
  *check({ model, services }) {
    const routed = new Map<string, string>();
    for (const { id, internal, routes } of model.gateways)
      if (!internal) for (const { service } of routes) if (!routed.has(service)) routed.set(service, id);
    for (const [service, gateway] of routed)
      if (services.get(service)?.health === null)
        yield {
          at: { on: service },
          message: `the public gateway "${gateway}" leads to it, and it has no health check`,
        };
  },
};

import type { RouteModel, ServiceModel } from "../../model/schema.js";
import { statefulOf } from "../data.js";
import { NOT_HTTP } from "../images/http.js";
import type { Rule, Violation } from "../rule.js";

export const gatewayProtocol: Rule = {
  code: "LF417",
  severity: "warning",
  title: "a gateway leads to what speaks HTTP/1",
  why: `A gateway is an HTTP load balancer: it passes requests on as HTTP/1, and asks each target for a page before it sends it any:
the path of its http() check, and "/" where it has none. A database, a broker or a gRPC server never answers that: it counts as
unhealthy, and every request gets a 502 or 503. What a service speaks is known by its image and its port. Where it is checked by
tcp() or a command, nothing in the program says that it speaks HTTP.`,
  fix: `route to a service that speaks HTTP, and check it with http("/…")`,
  *check({ model, services }) {
    for (const { id, routes } of model.gateways)
      for (const route of routes) {
        const service = services.get(route.service);
        const found = service && judge(route, service);
        if (found !== undefined) yield { at: { on: id }, ...found };
      }
  },
};

function judge({ path, port }: RouteModel, service: ServiceModel): Omit<Violation, "at"> | undefined {
  const { id, health } = service;
  if (health?.kind === "http") return undefined;
  const protocol = NOT_HTTP[port];
  const stateful = statefulOf(service);
  if (protocol !== undefined)
    return {
      message: `the route "${path}" goes to port ${port} of "${id}", where ${protocol} is spoken, not HTTP/1`,
      hint: `take the route out: services inside reach it by 'uses()'; a gateway needs a service that speaks HTTP, with health: http("/…")`,
      ...(stateful !== undefined && !stateful.http && { severity: "error" as const }),
    };
  if (health?.kind !== "tcp") return undefined;
  return {
    message: `the route "${path}" goes to "${id}", which is checked by tcp() only: nothing says that it speaks HTTP/1`,
    hint: `give it health: http("/…"), the page that the load balancer asks for; without, it asks for "/" and takes 200 to 499. gRPC needs a proxy that speaks HTTP/1 before it`,
  };
}

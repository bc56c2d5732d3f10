import type { RouteModel } from "../../model/schema.js";
import type { Rule } from "../rule.js";

export const shadowedRoute: Rule = {
  code: "LF403",
  severity: "warning",
  title: "every route of a gateway makes a difference",
  why: `A route takes its path and all below it, and the longest route wins. One that sends requests where the next shorter one
sends them anyway changes nothing, except that a later change of the shorter one misses it. And load balancers compare paths as
they are: two routes that differ by upper and lower case alone are two, which hardly anybody means.`,
  fix: "take the longer route out, or send it where it was meant to go",
  *check({ model }) {
    for (const { id, routes } of model.gateways)
      for (const route of routes) {
        const above = longestAbove(route, routes);
        if (above !== undefined && above.service === route.service && above.port === route.port)
          yield { at: { on: id }, message: `the route "${route.path}" goes where "${above.path}" takes it anyway` };
        const twin = routes.find(
          (other) => other.path < route.path && other.path.toLowerCase() === route.path.toLowerCase(),
        );
        if (twin !== undefined)
          yield { at: { on: id }, message: `the routes "${twin.path}" and "${route.path}" differ by case only` };
      }
  },
};

/** The route that takes over where this one is taken out. */
function longestAbove({ path }: RouteModel, routes: readonly RouteModel[]): RouteModel | undefined {
  const above = routes.filter(
    (other) => other.path !== path && (other.path === "/" || path.startsWith(`${other.path}/`)),
  );
  return above.sort((a, b) => b.path.length - a.path.length)[0];
}

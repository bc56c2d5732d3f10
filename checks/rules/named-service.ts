import { callees } from "../graph.js";
import { mentionsOf } from "../mentions.js";
import type { Rule } from "../rule.js";

export const namedService: Rule = {
  code: "LF416",
  severity: "warning",
  title: "a service that is named is used",
  why: `The name of a service resolves on the networks of those services that are used, and nowhere else. Where a variable, an
argument, a file or a health check names another service of the cluster as a host ("redis:6379", "http://cart/", "@db/"), and
there is no edge to it, the name resolves to nothing, or by chance, where other edges put both on one network; order, preview and drills
do not know of it. Names of who may ask (CORS, allowed hosts) and comments are left alone.`,
  fix: "write the service's 'address', 'host' or 'port' there, declare the edge with 'uses()', or take the name out",
  *check({ model, services }) {
    for (const service of model.services) {
      const used = new Set([service.id, ...callees(service)]);
      for (const { host, port, place } of mentionsOf(service)) {
        const named = services.get(host);
        if (named === undefined || used.has(host)) continue;
        if (port !== undefined && !named.ports.some((each) => each.port === port)) continue;
        used.add(host);
        yield {
          at: { on: service.id, detail: place },
          message: `it names "${host}", and does not use it`,
          hint: `write ${identifier(host)}.address there, or declare the edge, as in ${identifier(service.id)}.uses(${identifier(host)}), or take the name out`,
        };
      }
    }
  },
};

/** An id as a name of JavaScript. */
const identifier = (id: string): string => id.replaceAll(/-+(.)/g, (_, letter: string) => letter.toUpperCase());

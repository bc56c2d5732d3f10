import { statefulOf } from "../data.js";
import { callees, circles } from "../graph.js";
import { parseImage } from "../images/reference.js";
import type { Model, ServiceModel } from "../../model/schema.js";
import type { Rule } from "../rule.js";
import { names } from "../text.js";

export const circle: Rule = {
  code: "LF402",
  severity: "note",
  title: "edges lead in no circle",
  why: `Services that use each other in a circle have no order in which they can be started or released one after the other: each
must live with a partner that is not there yet, and with one of an older version. That can be right; it should be meant. Members of one
quorum (Kafka, ZooKeeper, etcd and the like, or services of one image whose names differ by a number) have to use each other, and those of a
Mesh are meant to.`,
  fix: "turn one of the edges round, or make the services bear a missing partner",
  *check({ model }) {
    for (const members of circles(withoutPeers(model)))
      for (const id of members) yield { at: { on: id }, message: `${names(members, 6)} use each other in a circle` };
  },
};

/** A model without the edges between members of one quorum or mesh. */
function withoutPeers(model: Model): Model {
  const services = new Map(model.services.map((service) => [service.id, service]));
  const isPeer = (one: ServiceModel, other: ServiceModel | undefined): boolean =>
    other !== undefined &&
    repository(one) !== undefined &&
    repository(one) === repository(other) &&
    (statefulOf(one) !== undefined || stem(one.id) === stem(other.id));
  return {
    ...model,
    services: model.services.map((service) => {
      const meshed = new Set(callees({ ...service, uses: service.uses.filter(({ mesh }) => mesh !== undefined) }));
      return {
        ...service,
        uses: service.uses.filter(
          ({ to }) => !("service" in to && (meshed.has(to.service) || isPeer(service, services.get(to.service)))),
        ),
      };
    }),
  };
}

const repository = ({ image }: ServiceModel): string | undefined => parseImage(image)?.path.join("/");

const stem = (id: string): string => id.replace(/-?\d+$/, "");

import type { Model, ServiceModel } from "../../model/schema.js";
import { same } from "../values.js";

/** Services that are gone and come again under another id, with nothing else changed. */
export function renamesOf(base: Model, head: Model): Map<ServiceModel, ServiceModel> {
  const ids = ({ services }: Model): Set<string> => new Set(services.map(({ id }) => id));
  const [before, after] = [ids(base), ids(head)];
  const left = head.services.filter(({ id }) => !before.has(id));
  const found = new Map<ServiceModel, ServiceModel>();
  for (const from of base.services.filter(({ id }) => !after.has(id))) {
    const index = left.findIndex((to) => same({ ...to, id: "" }, { ...from, id: "" }));
    const [to] = index < 0 ? [] : left.splice(index, 1);
    if (to !== undefined) found.set(from, to);
  }
  return found;
}

import type { Model, ServiceModel } from "../model/schema.js";

/** The services that a service uses, without hosts outside. */
export const callees = ({ uses }: ServiceModel): string[] =>
  uses.flatMap(({ to }) => ("service" in to ? [to.service] : []));

/** Groups of services that reach one another in a circle, each sorted (Tarjan's strongly connected components). */
export function circles({ services }: Model): string[][] {
  const next = new Map(services.map((service) => [service.id, callees(service)]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];

  const visit = (id: string): void => {
    index.set(id, index.size);
    low.set(id, index.get(id)!);
    stack.push(id);
    for (const callee of next.get(id) ?? []) {
      if (!index.has(callee)) visit(callee);
      if (stack.includes(callee)) low.set(id, Math.min(low.get(id)!, low.get(callee)!));
    }
    if (low.get(id) !== index.get(id)) return;
    const circle = stack.splice(stack.indexOf(id));
    if (circle.length > 1) found.push(circle.sort());
  };
  for (const { id } of services) if (!index.has(id)) visit(id);
  return found;
}

import type { Model, ServiceModel } from "../model/schema.js";

/** The services that a service uses, without hosts outside. */
export const callees = ({ uses }: ServiceModel): string[] =>
  uses.flatMap(({ to }) => ("service" in to ? [to.service] : []));

/** A service that is being looked at, and how many of its callees have been. */
interface Visit {
  readonly id: string;
  readonly next: readonly string[];
  done: number;
}

/**
 * Groups of services that reach one another in a circle, each sorted (Tarjan's strongly connected components, with a stack
 * of its own: thousands of services may stand in one chain).
 */
export function circles({ services }: Model): string[][] {
  const edges = new Map(services.map((service) => [service.id, callees(service)]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const found: string[][] = [];
  const lower = (id: string, to: number): void => void low.set(id, Math.min(low.get(id)!, to));

  const enter = (id: string): Visit => {
    index.set(id, index.size);
    low.set(id, index.get(id)!);
    open.push(id);
    isOpen.add(id);
    return { id, next: edges.get(id) ?? [], done: 0 };
  };
  const leave = (id: string): void => {
    if (low.get(id) !== index.get(id)) return;
    const circle = open.splice(open.lastIndexOf(id));
    for (const member of circle) isOpen.delete(member);
    if (circle.length > 1) found.push(circle.sort());
  };

  for (const { id } of services) {
    if (index.has(id)) continue;
    const visits = [enter(id)];
    for (let visit = visits.at(-1); visit !== undefined; visit = visits.at(-1)) {
      const callee = visit.next[visit.done++];
      if (callee === undefined) {
        visits.pop();
        leave(visit.id);
        const above = visits.at(-1);
        if (above !== undefined) lower(above.id, low.get(visit.id)!);
      } else if (!index.has(callee)) visits.push(enter(callee));
      else if (isOpen.has(callee)) lower(visit.id, index.get(callee)!);
    }
  }
  return found;
}

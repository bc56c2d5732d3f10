import { statefulOf, vmVolumes } from "../data.js";
import type { StatefulKind } from "../images/stateful.js";
import type { Rule, Violation } from "../rule.js";
import type { CheckContext } from "../context.js";
import type { ServiceModel } from "../../model/schema.js";
import { isSingleton } from "../singleton.js";

export const oneTask: Rule = {
  code: "LF203",
  severity: "warning",
  inProduction: "error",
  title: "a service has more than one task",
  why: `The only task of a service takes the service with it: for the 15 seconds in which Swarm notices that a VM is gone (three
heartbeats of 5 s), for the start elsewhere, and until the health check passes; and on every instance refresh of its fleet. More
tasks are no answer for what keeps data, or must run once: two tasks of a database are two databases, two schedulers do
everything twice. For those, known by their image, their volumes or their arguments, it is a note (in production a warning) that
says what helps.`,
  fix: `run two replicas or more; where it cannot be more than one, acknowledge("LF203", "…") says why`,
  *check(context) {
    for (const service of context.model.services)
      if (service.replicas === 1) yield { at: { on: service.id }, ...judge(service, context) };
  },
};

function judge(service: ServiceModel, { model }: CheckContext): Omit<Violation, "at"> {
  const severity = model.production ? "warning" : "note";
  const stateful = statefulOf(service);
  if (stateful !== undefined) {
    const { kind } = stateful;
    return { severity, message: `it is a ${kind} in one task: it is down while that one is moved`, hint: HELP[kind] };
  }
  if (vmVolumes(service, model).length > 0)
    return {
      severity,
      message: "it keeps files on its VM, in one task: it is down while that one is moved",
      hint: `more tasks would not see its files: use new Volume(…, { shared: true }) first, or acknowledge("LF203", "…")`,
    };
  if (isSingleton(service))
    return {
      severity,
      message: "it is to run once: it is down while its task is moved",
      hint: `a second task would do everything twice; a start in seconds helps, and acknowledge("LF203", "…") says that it may be down`,
    };
  return { message: "it has one task: it is down while that one is moved" };
}

const data = (noun: string): string =>
  `a second task would be a second ${noun} with data of its own: keep its data outside of the VM, back it up, let it start fast; acknowledge("LF203", "…") says that it may be down`;

const HELP: Readonly<Record<StatefulKind, string>> = {
  database: data("database"),
  "search index": data("index"),
  "message broker": data("broker"),
  "coordination store": data("store"),
  "object store": data("store"),
  "metrics store": data("store"),
  dashboard: data("dashboard"),
  cache: `a second task would be a second cache, with other content: let its users go on without it; acknowledge("LF203", "…") says that it may be down`,
};

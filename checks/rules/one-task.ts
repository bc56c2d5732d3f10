import { statefulOf, vmVolumes } from "../data.js";
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
      if (service.replicas === 1) {
        const kind = statefulOf(service)?.kind;
        yield { at: { on: service.id, ...(kind !== undefined && { detail: kind }) }, ...judge(service, context) };
      }
  },
};

function judge(service: ServiceModel, { model }: CheckContext): Omit<Violation, "at"> {
  const severity = model.production ? "warning" : "note";
  const stateful = statefulOf(service);
  if (stateful !== undefined) {
    return {
      severity,
      message: "it keeps data of its own, in one task: it is down while that one is moved",
      hint: `a second task would have other data; a start in seconds helps, users that go on without it, and data that outlives the VM; acknowledge("LF203", "…") says that it may be down`,
    };
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

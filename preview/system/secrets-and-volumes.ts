import type { Model, SecretModel, VolumeModel } from "../../model/schema.js";
import type { Change } from "../schema.js";
import { attribute, names, same } from "../values.js";
import { change, pairs, type Subject } from "./change.js";
import { goesDown } from "./tasks.js";

/** What becomes of secrets. */
export function secretChanges(base: Model, head: Model): Change[] {
  return pairs(base.secrets, head.secrets).flatMap(([id, was, now]) =>
    same(was, now) ? [] : [secretChange(id, was, now, now === undefined ? base : head)],
  );
}

function secretChange(id: string, was: SecretModel | undefined, now: SecretModel | undefined, model: Model): Change {
  const subject: Subject = { id: `secret:${id}`, kind: "secret", what: `secret ${id}` };
  const users = model.services.filter(({ secrets }) => Object.values(secrets).includes(id));
  const by = names(users.map((one) => one.id));
  const action = was === undefined ? "add" : now === undefined ? "remove" : "change";
  if (was === undefined || now === undefined)
    return change(subject, action, {
      weight: action === "remove" ? "warning" : "plain",
      effect: [users.length > 0 ? `for ${by}` : "no service has it"],
    });
  const down = users.filter((service) => goesDown(service, model)).map((one) => one.id);
  return change(subject, action, {
    attributes: [...attribute("from", was.from, now.from), ...attribute("name", was.name, now.name)],
    weight: down.length > 0 ? "warning" : "plain",
    effect: [
      `read from another place${users.length > 0 ? `: ${by} start anew with the value there` : ""}`,
      ...(down.length > 0 ? [`down until the new task runs: ${names(down)}`] : []),
    ],
    interrupts: down,
    marks: down.length > 0 ? ["downtime"] : [],
  });
}

/** What becomes of volumes. */
export function volumeChanges(base: Model, head: Model): Change[] {
  return pairs(base.volumes, head.volumes).flatMap(([id, was, now]) =>
    same(was, now) ? [] : [volumeChange(id, was, now)],
  );
}

function volumeChange(id: string, was: VolumeModel | undefined, now: VolumeModel | undefined): Change {
  const subject: Subject = { id: `volume:${id}`, kind: "volume", what: `volume ${id}` };
  if (was === undefined)
    return change(subject, "add", {
      stateful: true,
      effect: [now?.kind === "shared" ? "a file system for all VMs" : "a directory on each VM that mounts it"],
    });
  const shared = was.kind === "shared";
  const lost = shared
    ? "DATA LOSS: the file system is deleted with all that is in it"
    : "its data stays on the disks of VMs until they are replaced, and has no name any more";
  const marks = ["stateful", ...(shared ? ["data-loss"] : [])];
  if (now === undefined)
    return change(subject, "remove", {
      stateful: true,
      weight: shared ? "danger" : "warning",
      effect: [lost],
      marks: ["destroys", ...marks],
    });
  return change(subject, "replace", {
    stateful: true,
    weight: "danger",
    attributes: attribute("kind", was.kind, now.kind),
    why: ["it becomes another kind of volume; nothing is copied"],
    effect: [lost, "its services start anew, with an empty one"],
    marks: ["replaces", "stateful", shared ? "data-loss" : "may-lose-data"],
  });
}

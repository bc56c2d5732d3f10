import type { Model, ServiceModel } from "../../model/schema.js";
import type { Change } from "../schema.js";
import { lasting, names, plural } from "../values.js";
import { scattered } from "./node-volumes.js";
import { moveGap, noGap, portGap, type Gap } from "./gaps.js";
import { remounted } from "./mounts.js";
import { noRisk, together } from "./risk.js";
import { endOf, goesDown, isStateful, tasksOf, volumesOf } from "./tasks.js";

/** What becomes of the tasks of a service that changed, and of who depends on it. */
interface Fate {
  /** Whether tasks start anew. */
  readonly starts: boolean;
  readonly weight: Change["weight"];
  /** The gravest first. */
  readonly effect: string[];
  /** Services whose calls may fail meanwhile. */
  readonly callers: string[];
  readonly marks: string[];
}

interface Known {
  /** Whether its container is another one, so that all of its tasks start anew. */
  readonly rolls: boolean;
  /** Whether it is told with its fleets that the data on their VMs is lost. */
  readonly told: boolean;
  /** What fails where it and its callers move to another network. */
  readonly networkGap: Gap;
}

export function fateOf(
  was: ServiceModel,
  now: ServiceModel,
  base: Model,
  head: Model,
  { rolls, told, networkGap }: Known,
): Fate {
  const [before, after] = [tasksOf(was, base), tasksOf(now, head)];
  const move = moveOf(was, now, base, head);
  const recounted = (was.replicas === "everywhere") !== (now.replicas === "everywhere");
  const stopped = after === 0 && before > 0;
  const starts = rolls || recounted || move.tasks > 0;
  const gaps = [
    rolls && !stopped ? portGap(was, now, base, head) : noGap,
    rolls && !stopped ? networkGap : noGap,
    move.tasks > 0 && !move.fleetsGone ? moveGap(was, now, base, head) : noGap,
  ];
  const gap = gaps.flatMap(({ effect }) => effect);
  const down = !stopped && (recounted || move.fleetsGone || (starts && goesDown(now, head)));
  const loses = move.left.length > 0;
  const data = together([remounted(was, now), loses || told ? noRisk : scattered(was, now, base, head, starts)]);
  const effect = [
    ...(loses
      ? [`DATA LOSS: the data of ${names(move.left)} stays on the VMs of ${names(move.from)}: it starts with none`]
      : []),
    ...(data.marks.length > 0 ? data.effect : []),
    ...(stopped ? [`${endOf(before)}, and none is left`] : []),
    ...(recounted
      ? ["Swarm cannot change how tasks are counted: the service is removed and made anew, down until its tasks run"]
      : []),
    ...(move.fleetsGone ? [`down until VMs of ${names(now.on)} have joined: those that it runs on end`] : []),
    ...gap,
    ...(data.marks.length > 0 ? [] : data.effect),
    ...move.effect,
    ...scaled(before, after),
    ...(starts && !recounted && !stopped ? rolled(now, after, down && !move.fleetsGone) : []),
  ];
  return {
    starts,
    weight:
      stopped || loses || data.marks.length > 0 || move.fleetsGone || (down && isStateful(now))
        ? "danger"
        : down || gap.length + data.effect.length > 0
          ? "warning"
          : "plain",
    effect: effect.length > 0 ? effect : ["no task is touched"],
    callers: [...new Set(gaps.flatMap(({ callers }) => callers))],
    marks: [
      ...(starts ? ["rolls"] : []),
      ...(loses ? ["data-loss"] : []),
      ...data.marks,
      ...(down || stopped || gap.length > 0 ? ["downtime"] : []),
    ],
  };
}

const startOf = (tasks: number): string => (tasks === 1 ? "1 task starts" : `${tasks} tasks start`);

interface Move {
  /** Fleets that it may not run on any more. */
  readonly from: readonly string[];
  /** Tasks that start anew because of that. */
  readonly tasks: number;
  /** Volumes whose data stays behind. */
  readonly left: readonly string[];
  /** Whether all that it runs on ends. */
  readonly fleetsGone: boolean;
  readonly effect: readonly string[];
}

/** What follows where a service leaves fleets: Swarm ends a task whose VM does not match any more, and starts it elsewhere. */
function moveOf(was: ServiceModel, now: ServiceModel, base: Model, head: Model): Move {
  const from = was.on.filter((id) => !now.on.includes(id));
  const tasks = Math.min(tasksOf(was, base), tasksOf(now, head));
  if (from.length === 0 || tasks === 0) return { from, tasks: 0, left: [], fleetsGone: false, effect: [] };
  const there = new Set(head.fleets.map(({ id }) => id));
  const whole = from.length === was.on.length;
  const left = volumesOf(was, base).filter(({ kind }) => kind === "node");
  return {
    from,
    tasks,
    left: left.map(({ id }) => id),
    fleetsGone: was.on.every((id) => !there.has(id)),
    effect: [`${whole ? startOf(tasks) : `tasks on ${names(from)} start`} anew on ${names(now.on)}`],
  };
}

/** Seconds until a task without a health check counts as started. */
const START = 5;

function scaled(from: number, to: number): string[] {
  if (from === to || to === 0) return [];
  return [to > from ? `${plural(to - from, "task")} more` : `${plural(from - to, "task")} fewer`];
}

function rolled(service: ServiceModel, tasks: number, down: boolean): string[] {
  const { parallel, order, pauseMs, onFailure } = service.rollout;
  const each = (service.health === null ? START : service.health.intervalMs / 1000) + pauseMs / 1000;
  const batches = Math.ceil(tasks / parallel);
  return [
    ...(down ? ["down until the new task runs"] : []),
    `${plural(tasks, "task")}, ${parallel} at a time, ${order}, ${lasting(batches * each)}; no VM is touched`,
    ...(onFailure === "pause" ? ["stops half way where the new version fails"] : []),
  ];
}

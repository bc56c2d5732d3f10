import { plural } from "../text.js";
import type { Drill, DrilledService } from "./drill.js";
import { quorumOf } from "./managers.js";

/** What a drill came to, in a few words, and how bad that is. */
export interface Headline {
  readonly text: string;
  readonly tone: "good" | "fair" | "bad";
}

/** The worst of a drill comes first: that nothing can be placed, that it does not recover, that services are down. */
export function headlineOf(drill: Drill): Headline {
  const { services, holds, managers } = drill;
  const down = services.filter((service) => service.down);
  if (managers.quorum !== "kept") return { text: withoutQuorum(drill, down), tone: "bad" };
  if (!holds) {
    const tasks = services.reduce((sum, { stranded }) => sum + stranded, 0);
    return { text: list(`does not recover: ${plural(tasks, "task")} without a VM`, downText(down)), tone: "bad" };
  }
  if (down.length > 0) return { text: list("recovers", downText(down)), tone: "fair" };
  const short = services.filter(({ shortSeconds }) => shortSeconds !== 0);
  if (short.length > 0) return { text: list("everything still runs", shortText(short)), tone: "good" };
  if (services.length > 0) return { text: "everything still runs", tone: "good" };
  return { text: managers.lost.length > 0 ? "nothing happens to services" : "nothing happens", tone: "good" };
}

function withoutQuorum({ managers: { total, lost, quorum } }: Drill, down: readonly DrilledService[]): string {
  if (quorum === "founded-again")
    return list("no manager is left: nothing is placed until one has founded the swarm again", downText(down));
  const left = `${total - lost.length} of ${plural(total, "manager")} left, and ${quorumOf(total)} are needed`;
  return list(`${left}: nothing is placed until the swarm is restored by hand`, downText(down));
}

const list = (...parts: readonly string[]): string => parts.filter(Boolean).join("; ");

const shortText = (short: readonly DrilledService[]): string =>
  `${plural(short.length, "service")} short of tasks${span(short)}`;

const downText = (down: readonly DrilledService[]): string =>
  down.length === 0 ? "" : `${plural(down.length, "service")} down${span(down)}`;

/** The longest that any of them is, where that is known for all. */
function span(services: readonly DrilledService[]): string {
  const times = services.map(({ shortSeconds }) => shortSeconds);
  if (times.includes(null)) return "";
  const most = Math.max(...times.map((time) => time ?? 0));
  return most === 0 ? "" : ` for up to ${most < 120 ? `${most} s` : `${Math.round(most / 60)} min`}`;
}

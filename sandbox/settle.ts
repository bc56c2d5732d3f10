import { setTimeout as sleep } from "node:timers/promises";
import { isAlive, isOfCommand, livingHolder, locksOf, markBusy } from "./lock.js";

/** How long an engine that lost its command may take to end: what it makes here takes no time. */
const PATIENCE_MS = 60_000;
const EVERY_MS = 100;

/** Whether another command than this process's works on a cluster. */
export const isContended = (directory: string, cluster: string): boolean =>
  locksOf(directory, cluster).some((lock) => isOfCommand(lock) && isOther(livingHolder(lock)));

/** The engines that are at work on a cluster, by their process ids. */
export const enginesAt = (directory: string, cluster: string): number[] => [
  ...new Set(
    locksOf(directory, cluster)
      .filter((lock) => !isOfCommand(lock))
      .map(livingHolder)
      .filter(isOther),
  ),
];

const isOther = (pid: number | undefined): pid is number => pid !== undefined && pid !== process.pid;

/** Marks the cluster as this process's, and waits for engines whose command was killed; not where another command lives. */
export async function settle(
  directory: string,
  cluster: string,
  note: (text: string) => void,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  markBusy(directory, cluster);
  if (isContended(directory, cluster)) return;
  const engines = enginesAt(directory, cluster);
  if (engines.length > 0)
    note(
      `an earlier run of ${cluster} was killed, and its engine is at work still (process ${engines.join(", ")}): waiting for it`,
    );
  for (let waited = 0; engines.some(isAlive) && waited < patienceMs; waited += EVERY_MS) await sleep(EVERY_MS);
}

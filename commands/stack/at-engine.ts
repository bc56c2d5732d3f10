import { explainFailure } from "../live/failures.js";
import type { Session } from "./session.js";

/**
 * Lets the engine work, on the engine's time, and says in our words why it failed.
 * @param cluster the one that it works on, for what is to be done then
 */
export async function atEngine<T>(session: Session, work: () => Promise<T>, cluster?: string): Promise<T> {
  try {
    return await session.watch.forEngine(work);
  } catch (error) {
    throw explainFailure(error, cluster);
  }
}

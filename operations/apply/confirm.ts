import { LightfleetError } from "../../errors/error.js";
import type { PlannedStack } from "../plan/plan-stack.js";
import type { Session } from "../engine/session.js";

/**
 * Asks whether to go on, where that was not said before.
 * @throws LF059 when the answer is no, LF058 where there is nobody to ask
 */
export async function agree(
  session: Session,
  planned: PlannedStack,
  yes: boolean,
  cluster: string,
  question: string,
): Promise<void> {
  if (yes) return;
  const { host } = session.context;
  let answer = false;
  try {
    answer = await session.watch.forAnswer(() => host.confirm(question));
  } finally {
    if (!answer) await planned.discard();
  }
  if (answer) return;
  const nothing = session.clusters.length === 1 ? "nothing" : `nothing of ${cluster}`;
  throw new LightfleetError(`not confirmed: ${nothing} was changed`, { code: "LF059", kind: "aborted" });
}

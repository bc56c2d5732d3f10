import { LightfleetError } from "../../errors/error.js";
import { parseState, type Deployed } from "../../stacks/aws/plan/deployed.js";
import type { CommandContext } from "../context.js";
import { readState, type Place } from "./stored-state.js";

/** What the state tells, where it is at hand. */
export interface StateAtHand {
  readonly deployed?: Deployed;
  /** Why it cannot be read, where it is there. */
  readonly unread?: string;
}

/** What was deployed last, as far as the state is at hand. */
export async function readDeployed(context: CommandContext, place: Place): Promise<StateAtHand> {
  const found = await readState(context, place);
  if (found === undefined) return {};
  try {
    const deployed = parseState(found.text, found.where);
    return deployed === undefined ? {} : { deployed };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    return { unread: error.message };
  }
}

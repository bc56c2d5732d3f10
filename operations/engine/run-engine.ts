import { existsSync } from "node:fs";
import { isAbsolute } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { explainFailure } from "./failures.js";
import type { Session } from "./session.js";

/**
 * Lets the engine work, on the engine's time, and says in our words why it failed.
 * @param cluster the one that it works on, for what is to be done then
 */
export async function atEngine<T>(session: Session, cluster: string, work: () => Promise<T>): Promise<T> {
  try {
    return await session.watch.forEngine(work);
  } catch (error) {
    const { sandbox, context } = session;
    throw withMissingConfig(
      explainFailure(error, { cluster, sandbox }),
      sandbox ? undefined : context.env["TF_CLI_CONFIG_FILE"],
    );
  }
}

/** A mirror that is named in a file that is not there is one that the engine does not know of. */
function withMissingConfig(error: unknown, file = ""): unknown {
  if (!LightfleetError.is(error) || error.code !== "LF612" || !isAbsolute(file) || existsSync(file)) return error;
  const { code, kind, findings } = error;
  const hint = `TF_CLI_CONFIG_FILE names '${file}', which is not there; ${error.hint ?? ""}`;
  return new LightfleetError(error.message, { code, kind, findings, hint, cause: error });
}

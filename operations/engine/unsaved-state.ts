import { LightfleetError } from "../../errors/error.js";
import { withoutAdvice } from "./engine-messages.js";

const UNSAVED = /Failed to (?:persist|save) state/;

/** Whether the engine says that it could not save the state. */
export const saysUnsaved = (error: unknown): boolean =>
  LightfleetError.is(error) && error.findings.some(({ message }) => UNSAVED.test(message));

/**
 * Says first what matters most: that what was made is in no state but in a file here, and how it comes where it belongs.
 * @param error why it could not be saved
 * @param file where the engine kept it, absolute
 */
export function tellUnsaved(error: LightfleetError, file: string, cluster: string): LightfleetError {
  const [headline = "", ...more] = error.message.split("\n");
  const why = headline.replace(/:$/, "");
  const { code, kind, findings } = error;
  return new LightfleetError([`${why}; what was made could NOT be saved: it is in ${file}`, ...more].join("\n"), {
    ...{ code, kind, findings: findings.map(withoutAdvice), cause: error },
    hint: `first, keep that file, which alone tells what was made; second, where the next run finds the state locked, it tells the id for 'lightfleet unlock ID ${cluster}'; third, run the same command: it saves that state, and goes on`,
  });
}

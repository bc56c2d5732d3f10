import { LightfleetError, type Finding } from "../../errors/error.js";
import { withoutAdvice } from "./engine-messages.js";

const UNSAVED = /Failed to (?:persist|save) state/;
/** What the engine says beside that of its own attempts, and of text that nobody sees. */
const ATTEMPTS =
  /^(?:Failed to persist state to backend|Failed to create local state file|Unsupported state file format)/;

/** Whether the engine says that it could not save the state. */
export const saysUnsaved = (error: unknown): boolean =>
  LightfleetError.is(error) && error.findings.some(({ message }) => UNSAVED.test(message));

/**
 * Says first what matters most: that what was made is in no state but in a file here, and how it comes where it belongs.
 * @param error why it could not be saved
 * @param file where it is kept, absolute; undefined where no place took it
 */
export function tellUnsaved(error: LightfleetError, file: string | undefined, cluster: string): LightfleetError {
  const [headline = "", ...more] = error.message.split("\n");
  const why = headline.replace(/:$/, "");
  const { code, kind, findings } = error;
  const where =
    file === undefined ? "and no folder takes it (tried: output, home, temporary files, memory)" : `it is in ${file}`;
  return new LightfleetError([`${why}; what was made could NOT be saved: ${where}`, ...more].join("\n"), {
    ...{ code, kind, findings: distinct(findings).map(withoutAdvice), cause: error },
    hint: file === undefined ? LOST(cluster) : KEPT(cluster),
  });
}

const KEPT = (cluster: string): string =>
  `first, keep that file, which alone tells what was made; second, where the next run finds the state locked, it tells the id for 'lightfleet unlock ID ${cluster}'; third, make room where the disk is full, and run the same command: it saves that state, and goes on`;

const LOST = (cluster: string): string =>
  `make room on the disk; what was made carries the tag lightfleet:cluster=${cluster}, by which 'aws resourcegroupstaggingapi get-resources --tag-filters Key=lightfleet:cluster,Values=${cluster}' lists it`;

/** A full disk fails every write, and each says the same. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ message }) => {
    const isNew = !seen.has(message) && !ATTEMPTS.test(message);
    seen.add(message);
    return isNew;
  });
}

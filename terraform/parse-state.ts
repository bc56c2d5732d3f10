import { LightfleetError } from "../errors/error.js";

/** What brings a state back that was cut off. */
export const WAY_BACK =
  "put an earlier one back: the file '….backup' that the engine keeps beside it, or in S3 an earlier version of the object; in the sandbox, 'lightfleet sandbox reset'";

/**
 * The text of a state as JSON.
 * @param where where it is kept, as in `the state in terraform.shop.tfstate`
 * @throws LF622 where it was cut off, or is none
 */
export function readStateText(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw brokenState(where, cause);
  }
}

/** That a state is empty which was there before: an engine that takes it for none would make all of it again. */
export const emptyState = (where: string): LightfleetError =>
  new LightfleetError(`${where} cannot be read: it is empty (0 bytes), and held a state before`, {
    code: "LF622",
    kind: "config",
    hint: WAY_BACK,
  });

/** That what is kept as a state cannot be read as one. */
export function brokenState(where: string, cause?: unknown): LightfleetError {
  const why = cause instanceof SyntaxError ? "it is cut off, or no JSON" : "it has not the form of one";
  return new LightfleetError(`${where} cannot be read: ${why}`, {
    code: "LF622",
    kind: "config",
    hint: WAY_BACK,
    cause,
  });
}

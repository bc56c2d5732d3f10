import * as z from "zod/mini";
import { LightfleetError } from "../errors/error.js";

/**
 * Reads a JSON document of an engine through a schema.
 * @throws LF072 when it is not JSON, or not in the form that is known
 */
export function readJson<T>(schema: z.ZodMiniType<T>, text: string, what: string): T {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (cause) {
    throw unreadable(what, "it is not JSON", cause);
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  throw unreadable(what, z.prettifyError(parsed.error), parsed.error);
}

function unreadable(what: string, why: string, cause: unknown): LightfleetError {
  return new LightfleetError(`what the engine answered to '${what}' cannot be read: ${why}`, {
    code: "LF072",
    kind: "external",
    hint: "this engine may be newer than this version of lightfleet: upgrade lightfleet, or use an older engine",
    cause,
  });
}

import { LightfleetError } from "../errors/error.js";
import { modelSchema, type Model } from "./schema.js";
import { MODEL_VERSION } from "./version.js";

/**
 * Reads a model's file.
 * @throws LF030 where the text is not JSON, is of another version, or does not have the shape of a model
 */
export function readModel(text: string, file: string): Model {
  const data = parse(text, file);
  const version = typeof data === "object" && data !== null && "version" in data ? data.version : undefined;
  if (version !== MODEL_VERSION)
    throw unreadable(file, `it has version ${JSON.stringify(version)}, this Lightfleet reads ${MODEL_VERSION}`);
  const result = modelSchema.safeParse(data);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw unreadable(file, `${issue?.path.join(".") || "(root)"}: ${issue?.message ?? "unknown shape"}`);
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable(file, "it is not JSON", cause);
  }
}

function unreadable(file: string, why: string, cause?: unknown): LightfleetError {
  return new LightfleetError(`cannot read the model '${file}': ${why}`, {
    code: "LF030",
    kind: "external",
    hint: "run 'lightfleet synth' to write it anew",
    cause,
  });
}

import { LightfleetError } from "../errors/error.js";
import { newerModel } from "./newer.js";
import { modelSchema, type Model } from "./schema.js";
import { modelVersion, upgradeModel } from "./upgrade.js";
import { MODEL_VERSION } from "./version.js";

/**
 * Reads a model's file, of this version or an older one.
 * @throws LF030 where the text is not JSON or does not have the shape of a model, LF034 where a newer Lightfleet wrote it
 */
export function readModel(text: string, file: string): Model {
  const data = parse(text, file);
  const version = modelVersion(data);
  if (version === undefined) throw unreadable(file, "it has no version");
  if (version > MODEL_VERSION) throw newerModel(`the model '${file}'`, version);
  const result = modelSchema.safeParse(upgradeModel(data));
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
    hint: "run 'lightfleet synth' to write it again",
    cause,
  });
}

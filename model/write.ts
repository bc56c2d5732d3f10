import type { Model } from "./schema.js";

/** The bytes of a model's file: two-space JSON with a line end. Deterministic, since the model is ordered already. */
export function writeModel(model: Model): string {
  return `${JSON.stringify(model, null, 2)}\n`;
}

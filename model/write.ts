import type { Model } from "./schema.js";

/**
 * The bytes of a model's file: JSON with a line for each thing of the model, so that it can be read and compared by eye,
 * and takes half of what indenting all of it would. Deterministic, since the model is ordered already.
 */
export function writeModel(model: Model): string {
  const fields = Object.entries(model).map(([key, value]) => {
    const things: readonly unknown[] = Array.isArray(value) ? value : [];
    const lines = things.map((thing) => `\n    ${JSON.stringify(thing)}`);
    return `  ${JSON.stringify(key)}: ${lines.length > 0 ? `[${lines.join(",")}\n  ]` : JSON.stringify(value)}`;
  });
  return `{\n${fields.join(",\n")}\n}\n`;
}

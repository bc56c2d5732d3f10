import { LightfleetError } from "../errors/error.js";
import { MODEL_VERSION } from "./version.js";

/** The error about a model that a newer Lightfleet made. @param what it is, as in `the model 'shop/model.json'` */
export function newerModel(what: string, version: number): LightfleetError {
  return new LightfleetError(
    `${what} has version ${version}: a newer Lightfleet wrote it, and this one reads versions 1 to ${MODEL_VERSION}`,
    {
      code: "LF034",
      kind: "config",
      hint: "run the newer one ('npx lightfleet' runs the project's own), or update this one: npm install lightfleet@latest",
    },
  );
}

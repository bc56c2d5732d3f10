import { chmod } from "node:fs/promises";
import { join } from "node:path";

/** Where the engine keeps a state that it could not save: below the root module's folder. */
export const ERRORED = "errored.tfstate";
/** The same once it was saved. */
export const SAVED = `${ERRORED}.saved`;

/** A state holds secrets: what the engine left of one beside the JSON is for its owner alone. @param dir the root module's folder */
export async function keepPrivate(dir: string): Promise<void> {
  for (const name of [ERRORED, SAVED]) await chmod(join(dir, name), 0o600).catch(() => undefined);
}

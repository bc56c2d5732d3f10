import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import type { Check } from "./check.js";
import { readEntry } from "../program/entry.js";
import { readProject } from "../program/project.js";

/** The project in the folder, if there is one. Not needed to make one. */
export async function checkProject(dir: string, env: NodeJS.ProcessEnv): Promise<Check> {
  const name = "project";
  try {
    const { app } = await readProject(dir, env);
    const entry = readEntry(app);
    if (entry.kind === "file" && !existsSync(resolve(dir, entry.file))) {
      return {
        name,
        status: "missing",
        detail: `cdktf.json names ${entry.file}, which does not exist`,
        required: false,
      };
    }
    const how = entry.kind === "file" ? `${entry.file}, loaded directly` : `'${entry.command}', run in a shell`;
    return { name, status: "ok", detail: how, required: false };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { name, status: "missing", detail: error.message, ...hint, required: false };
  }
}

import { readFile } from "node:fs/promises";
import { readModel } from "../../model/read.js";
import type { Model } from "../../model/schema.js";

/** The model that the last synthesis wrote. @throws LF030 */
export const loadModel = async (file: string): Promise<Model> => readModel(await readFile(file, "utf8"), file);

import { imageImport, type ImportOptions } from "../../commands/image-import.js";
import { showImport } from "../render/images.js";
import { runVerb, type GlobalArgs } from "../run.js";

type ImportArgs = GlobalArgs & Omit<ImportOptions, "pollMs" | "partBytes">;

export function run(args: ImportArgs, env: NodeJS.ProcessEnv): Promise<number> {
  return runVerb(
    { name: "image import", action: (context) => imageImport(args, context), show: showImport },
    args,
    env,
  );
}

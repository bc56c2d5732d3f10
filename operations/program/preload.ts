import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Starts to load the library that a project's program will import, for while esbuild reads the program in a process of
 * its own. Where there is none, the program itself will say so.
 */
export async function preloadLibrary(dir: string): Promise<void> {
  try {
    const file = createRequire(join(dir, "package.json")).resolve("lightfleet");
    await import(pathToFileURL(file).href);
  } catch {
    // Not installed, or broken.
  }
}

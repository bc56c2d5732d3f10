import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { upTo, type Exported } from "./git.js";
import { differingInput } from "./install-inputs.js";
import { install } from "./install.js";
import { linkPackages, type Tops } from "./link-packages.js";

export interface Places extends Tops {
  /** The project's folder in the exported tree. */
  readonly project: string;
}

export interface Provided extends Exported {
  /** Whether any are its own because head changes what an install is made from. */
  readonly installed: boolean;
}

/**
 * Gives an exported tree its packages: those of the working tree where all that an install is made from is the same, and its own where
 * anything differs. Where its own cannot be had, it has none: with those of the working tree, it would be what head makes of it.
 */
export async function providePackages(places: Places, env: NodeJS.ProcessEnv): Promise<Provided> {
  const found = { notes: [] as string[], withheld: [] as string[], installed: false };
  for (const folder of upTo(places.top, places.project)) {
    if (existsSync(join(folder, "node_modules"))) continue;
    const below = relative(places.top, folder);
    const differs = await differingInput(folder, below, places);
    if (differs === undefined) {
      const linked = await linkPackages(folder, places);
      found.notes.push(...linked.notes);
      found.withheld.push(...linked.withheld);
      continue;
    }
    found.installed = true;
    const failed = existsSync(join(folder, "package.json")) ? await install(folder, env) : undefined;
    if (failed !== undefined)
      found.withheld.push(
        `its packages are not those of the working tree (${differs}), and cannot be installed: ${failed}`,
      );
  }
  return found;
}

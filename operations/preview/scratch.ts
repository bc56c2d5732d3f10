import { mkdir, mkdtemp, readdir, realpath, rm, stat } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { isAbsolute, join, relative } from "node:path";
import { LightfleetError } from "../../errors/error.js";

/** Folders that a run left which was killed are removed after this long. */
const STALE_MS = 24 * 3600 * 1000;
const PREFIX = "run-";

/**
 * Makes a folder for one run, which it has for itself: in the user's cache folder (`XDG_CACHE_HOME`, else `~/.cache`), else in that of
 * temporary files. It lies in no checkout that is compared, and nothing in it is from before: a change cannot bring its own base, nor
 * packages that Node would find on the way up.
 * @param checkout top folder of the repository, or of the project where there is none
 * @throws LF643 where each place lies in the checkout, or cannot be written
 */
export async function makeScratch(checkout: string, env: NodeJS.ProcessEnv): Promise<string> {
  const top = await realpath(checkout);
  const named = env["XDG_CACHE_HOME"] ?? "";
  const cache = isAbsolute(named) ? named : join(env["HOME"] || homedir(), ".cache");
  const why: string[] = [];
  for (const place of [join(cache, "lightfleet", "preview"), tmpdir()]) {
    if (!isAbsolute(place)) continue;
    const made = await makeIn(place, top).catch((error: unknown) => String(error));
    if (isAbsolute(made)) return made;
    why.push(`${place}: ${made}`);
  }
  throw new LightfleetError(`a preview needs a folder outside of the checkout: ${why.join("; ")}`, {
    code: "LF643",
    kind: "external",
    hint: "let XDG_CACHE_HOME name a folder that can be written, and that is not in the repository",
  });
}

/** @returns the folder, absolute; why there is none, where there is none */
async function makeIn(place: string, checkout: string): Promise<string> {
  await mkdir(place, { recursive: true, mode: 0o700 });
  const real = await realpath(place);
  if (isInside(real, checkout)) return "it lies in the checkout";
  await removeStale(real);
  return mkdtemp(join(real, PREFIX));
}

/** Whether a folder is another, or below it. Both are absolute, without links. */
export function isInside(folder: string, top: string): boolean {
  const path = relative(top, folder);
  return path === "" || (!path.startsWith("..") && !isAbsolute(path));
}

async function removeStale(place: string): Promise<void> {
  if (place === (await realpath(tmpdir()))) return;
  for (const name of await readdir(place)) {
    const folder = join(place, name);
    const time = (await stat(folder).catch(() => undefined))?.mtimeMs;
    if (name.startsWith(PREFIX) && time !== undefined && Date.now() - time > STALE_MS)
      await rm(folder, { recursive: true, force: true });
  }
}

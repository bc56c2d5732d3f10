import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What became of a package.json that was there. */
export interface Completed {
  /** What was added, as in `devDependencies.vitest`. */
  readonly added: readonly string[];
  /** What is to be added by hand, in words. */
  readonly advice: readonly string[];
}

/** What npm writes where there is no test. */
const NO_TEST = /no test specified/;
const SOURCE = /\.(js|cjs|jsx|ts|tsx|cts)$/;

type Fields = Record<string, unknown>;

/**
 * Adds to a package.json that is there what the project needs: nothing that it says already is changed, but npm's own placeholders.
 * `"type": "module"` is set where there is no file yet that it would give another meaning.
 * @param wanted what a new project would have
 */
export async function completeManifest(dir: string, wanted: string): Promise<Completed> {
  const file = join(dir, "package.json");
  const manifest = parse(await readFile(file, "utf8"));
  const ours = parse(wanted) ?? {};
  if (manifest === undefined)
    return { added: [], advice: ["package.json cannot be read as JSON: it is left as it is"] };
  const added: string[] = [];
  const advice: string[] = [];
  for (const part of ["scripts", "dependencies", "devDependencies"])
    for (const [name, value] of Object.entries(record(ours[part]))) {
      const anywhere = ["dependencies", "devDependencies"].some((one) => name in record(manifest[one]));
      const now = record(manifest[part]);
      const placeholder = part === "scripts" && NO_TEST.test(String(now[name] ?? ""));
      if (part === "scripts" ? name in now && !placeholder : anywhere) continue;
      manifest[part] = { ...now, [name]: value };
      added.push(`${part}.${name}`);
    }
  if (manifest["type"] !== "module") {
    if ((await sourcesOf(dir)).length === 0) {
      manifest["type"] = "module";
      added.push("type");
    } else
      advice.push('package.json has files beside it that are CommonJS: set "type": "module" in it once they are not');
  }
  if (added.length > 0) await writeFile(file, `${JSON.stringify(manifest, null, 2)}\n`);
  return { added, advice };
}

/** Files in a folder that `type` speaks of. */
const sourcesOf = async (dir: string): Promise<string[]> => (await readdir(dir)).filter((name) => SOURCE.test(name));

function parse(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Fields => (typeof value === "object" && value !== null ? { ...value } : {});

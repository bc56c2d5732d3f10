import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** What a broken program says of itself in its first line. */
export interface Broken {
  readonly name: string;
  readonly file: string;
  /** What is to be found, in the order of the program. */
  readonly expected: readonly { readonly code: string; readonly line: number }[];
}

const FOLDER = fileURLToPath(new URL("../fixtures/broken/", import.meta.url));

/** The broken programs: `// expect LF005 at line 7, LF008 at line 12` is the first line of each. */
export const brokenPrograms: readonly Broken[] = readdirSync(FOLDER)
  .filter((entry) => entry.endsWith(".ts"))
  .sort()
  .map((entry) => {
    const [first = ""] = readFileSync(FOLDER + entry, "utf8").split("\n");
    const expected = [...first.matchAll(/(LF\d{3}) at line (\d+)/g)].map(([, code = "", line]) => ({
      code,
      line: Number(line),
    }));
    if (!first.startsWith("// expect ") || expected.length === 0)
      throw new Error(`${entry} does not say what it expects`);
    return { name: entry.replace(/\.ts$/, ""), file: FOLDER + entry, expected };
  });

/** How the "app" of cdktf.json is run: loaded into this process where it is plain JavaScript or TypeScript. */
export type Entry =
  | { readonly kind: "file"; readonly file: string; readonly args: readonly string[] }
  | { readonly kind: "shell"; readonly command: string };

const SOURCE = /\.[cm]?[jt]sx?$/;
/** What only a shell understands: with any of these, a shell runs the command. */
const SHELL = /[|&;<>()$`\\"'*?#~=%!{}[\]\n]/;
/** Flags of the runners that make no difference to a program that is bundled; any other flag needs the runner. */
const HARMLESS: Readonly<Record<string, readonly string[]>> = {
  npx: ["-y", "--yes", "--no", "--no-install"],
  "ts-node": ["-T", "--transpile-only", "--transpileOnly", "--swc", "--esm", "--files", "--prefer-ts-exts"],
  tsx: [],
  node: ["--enable-source-maps"],
};

/** Reads the "app" of cdktf.json. `main.ts`, `npx tsx main.ts`, `ts-node main.ts` and `node main.js` are all the file. */
export function readEntry(app: string): Entry {
  const shell: Entry = { kind: "shell", command: app };
  if (SOURCE.test(app) && !app.includes(" ")) return { kind: "file", file: app, args: [] };
  if (SHELL.test(app)) return shell;
  const words = app.split(/\s+/);
  if (words[0] === "npx") skipRunner(words, "npx");
  const runner = words[0] ?? "";
  if (["tsx", "ts-node", "node"].includes(runner)) skipRunner(words, runner);
  const [file, ...args] = words;
  return file !== undefined && SOURCE.test(file) ? { kind: "file", file, args } : shell;
}

/** Takes a runner and its harmless flags off the front. */
function skipRunner(words: string[], runner: string): void {
  words.shift();
  while (HARMLESS[runner]?.includes(words[0] ?? "")) words.shift();
}

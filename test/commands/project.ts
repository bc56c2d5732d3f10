import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));

/** A folder of its own for the running test. */
export async function tempDir(): Promise<string> {
  const dir = await realpath(await mkdtemp(join(tmpdir(), "lightfleet-project-")));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A project of its own for the running test, with these files; Lightfleet is installed in it. */
export async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await tempDir();
  const all = { "package.json": '{"type":"module"}', "cdktf.json": '{"app":"main.ts"}', ...files };
  for (const [name, text] of Object.entries(all)) {
    await mkdir(dirname(join(dir, name)), { recursive: true });
    await writeFile(join(dir, name), text);
  }
  await installLightfleet(dir);
  return dir;
}

/** Makes a folder find this checkout as the package `lightfleet`, and the libraries that a program shares with it. */
export async function installLightfleet(dir: string, more: readonly string[] = []): Promise<void> {
  const packages = join(dir, "node_modules");
  await mkdir(packages, { recursive: true });
  await symlink(REPOSITORY, join(packages, "lightfleet"), "dir");
  for (const name of ["cdktf", "constructs", ...more])
    await symlink(join(REPOSITORY, "node_modules", name), join(packages, name), "dir");
}

/** A program of one cluster: one fleet, one service behind a gateway, and what is given more. */
export const program = (id: string, { image = "web:1", size = 1, more = "" } = {}): string => `
import { App, aws, Cluster, Fleet, Gateway, Service } from "lightfleet";
const app = new App();
const cluster = new Cluster(app, "${id}", { platform: aws({ region: "eu-west-1", zones: 2 }), control: { size: 1 } });
const core = new Fleet(cluster, "core", { machine: "t4g.small", size: ${size} });
const web = new Service(cluster, "web", { on: core, image: "${image}", replicas: 1, port: 80, memory: "64MiB" });
new Gateway(cluster, "public", { routes: { "/": web } });
${more}
app.synth();
`;

/** A line of a program that tells its host of a synthesis without any constructs, and prints a value. */
export const reports = (expression: string): string =>
  [
    `console.log(${expression});`,
    `process.getBuiltinModule("node:fs").writeFileSync(process.env["CDKTF_OUTDIR"] + "/manifest.json", '{"stacks":{}}');`,
    `globalThis[Symbol.for("lightfleet.host")].synthesized({ outdir: process.env["CDKTF_OUTDIR"], clusters: [] });`,
  ].join("");

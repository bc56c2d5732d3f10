/** Where measured programs live while they are measured: a temporary folder that finds the peers and Lightfleet. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
export const root = fileURLToPath(new URL("..", import.meta.url));
export const cli = join(root, "dist", "bin", "lightfleet.js");
export const program = (name) => join(here, "programs", name);

const peers = join(here, "node_modules");

/** Installs the peers, from the lock file, where they are not installed yet. */
export function installPeers(log) {
  if (existsSync(join(peers, ".package-lock.json"))) return;
  log("installing the peers (once, about 1 GB)");
  command("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], here);
}

/** Builds what users run. */
export function buildLightfleet() {
  command(process.execPath, [join(root, "scripts", "build.mjs"), "--quick"], root);
}

function command(name, args, cwd) {
  const done = spawnSync(name, args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
  if (done.status !== 0) throw new Error(`${name} ${args.join(" ")} ended with ${done.status ?? done.error?.message}`);
}

/** A temporary folder, gone when the benchmark ends. */
export function openWorkshop() {
  const folder = mkdtempSync(join(tmpdir(), "lightfleet-bench-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return {
    /** A project of Lightfleet, as a user has one: its files, and the package in node_modules. */
    project(name, from) {
      const home = join(folder, name);
      cpSync(from, home, { recursive: true, filter: (path) => !/(node_modules|cdktf\.out|\.lightfleet)$/.test(path) });
      mkdirSync(join(home, "node_modules"));
      symlinkSync(root, join(home, "node_modules", "lightfleet"));
      return home;
    },
    /** A folder for programs of the peers. */
    peer(name, files) {
      const home = join(folder, name);
      mkdirSync(home);
      symlinkSync(peers, join(home, "node_modules"));
      for (const [file, text] of Object.entries(files)) writeFileSync(join(home, file), text);
      return home;
    },
  };
}

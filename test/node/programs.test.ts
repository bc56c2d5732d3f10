import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { LEAVING_SECONDS, MANAGERS_HEAR_SECONDS } from "../../model/leaving.js";
import { FILES } from "../../node/files.gen.js";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const has = (command: string): boolean => spawnSync(command, ["--version"]).status === 0;
const python = has("python3");
const shellcheck = has("shellcheck");
if (!python) console.log("skipped: no python3 to run the programs of VMs with");
if (!shellcheck) console.log("skipped: no shellcheck");

const dir = mkdtempSync(join(tmpdir(), "lightfleet-programs-"));
for (const [name, text] of Object.entries(FILES)) writeFileSync(join(dir, name), text);
afterAll(() => {
  rmSync(dir, { recursive: true });
});

test("VMs that go wait as long as the checks say that they do", () => {
  const { terminating, spot } = LEAVING_SECONDS;
  expect(FILES["leave.py"]).toContain(`WAIT = {"terminating": ${terminating}, "spot": ${spot}}\n`);
  expect(FILES["surge.py"]).toContain(`MARGIN = ${MANAGERS_HEAR_SECONDS}\n`);
});

test("what is embedded is what the folder holds", () => {
  execFileSync(process.execPath, [here("../../scripts/embed.mjs"), "--check"]);
});

describe.skipIf(!python)("the programs of a VM", () => {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: "1" };

  test("do what their tests say", () => {
    const done = spawnSync("python3", ["-m", "unittest", "discover", "-s", here("programs")], {
      env: { ...env, LIGHTFLEET_PROGRAMS: dir },
      encoding: "utf8",
    });
    expect(done.status, done.stderr).toBe(0);
  });

  test("need nothing that Photon's python3 does not bring", () => {
    const imports = Object.entries(FILES)
      .filter(([name]) => name.endsWith(".py"))
      .flatMap(([, text]) => [...text.matchAll(/^\s*(?:from|import) (\w+)/gm)].map(([, module = ""]) => module));
    const own = Object.keys(FILES).map((name) => name.replace(".py", ""));
    const known = execFileSync("python3", ["-c", "import sys; print(*sys.stdlib_module_names)"], { encoding: "utf8" });
    const standard = new Set(known.trim().split(" "));
    expect(imports.filter((module) => !own.includes(module) && !standard.has(module))).toEqual([]);
  });
});

test.skipIf(!shellcheck)("the scripts are shellcheck-clean", () => {
  for (const script of ["../../node/files/prepare.sh", "../../node/probe/build.sh"])
    execFileSync("shellcheck", [here(script)], { encoding: "utf8" });
  execFileSync("shellcheck", [join(dir, "prepare.sh")]);
});

import { execFileSync } from "node:child_process";

/** The end-to-end tests run what users run, the built package: it is built once, before the first test. */
export default function build(): void {
  execFileSync(process.execPath, ["scripts/build.mjs", "--quick"], { stdio: "inherit" });
}

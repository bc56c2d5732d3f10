import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Whether this machine has a Terraform; says so where it has none. */
export function terraformIsThere(): boolean {
  try {
    execFileSync("terraform", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write("skipped: no terraform on PATH\n");
    return false;
  }
}

/** Applies a configuration that needs no provider but Terraform's own, and gives its outputs. */
export function applied(configuration: unknown): Readonly<Record<string, unknown>> {
  const cwd = mkdtempSync(join(tmpdir(), "lightfleet-applied-"));
  const run = (...args: string[]): string => execFileSync("terraform", args, { cwd, encoding: "utf8", stdio: "pipe" });
  try {
    writeFileSync(join(cwd, "main.tf.json"), JSON.stringify(configuration));
    run("init", "-input=false");
    run("apply", "-auto-approve", "-input=false");
    const outputs: Record<string, { readonly value: unknown }> = JSON.parse(run("output", "-json"));
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

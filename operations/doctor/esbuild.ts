import type { Check } from "./check.js";
import { findBinary } from "../program/esbuild.js";

/** What reads TypeScript programs. */
export async function checkEsbuild(): Promise<Check> {
  const name = "esbuild";
  try {
    const { version } = await import("esbuild");
    const how = findBinary() === undefined ? " (without its native binary: slower)" : "";
    return { name, status: "ok", detail: `${version}${how}`, required: true };
  } catch (error) {
    const detail = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
    return {
      name,
      status: "missing",
      detail,
      hint: "install Lightfleet again: 'npm install lightfleet'",
      required: true,
    };
  }
}

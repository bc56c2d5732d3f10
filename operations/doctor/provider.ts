import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { LightfleetError } from "../../errors/error.js";
import { PROVIDER_VERSION, writeMirror } from "../../sandbox/mirror.js";
import type { Check } from "./check.js";

/** What stands in for the AWS provider in the sandbox: laid out once, to see that it is all there. */
export async function checkProvider(tmp: string): Promise<Check> {
  const name = "sandbox";
  const folder = await mkdtemp(join(tmp, "lightfleet-doctor-"));
  try {
    writeMirror(folder);
    return { name, status: "ok", detail: `stands in for hashicorp/aws ${PROVIDER_VERSION}`, required: true };
  } catch (error) {
    if (!LightfleetError.is(error)) throw error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return { name, status: "missing", detail: error.message, ...hint, required: true };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

import { copyFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { PROBE } from "../../../node/probe.js";

const record = z.record(z.string(), z.unknown());
const bundleShape = z.looseObject({
  stack: z.looseObject({ services: z.record(z.string(), z.looseObject({ volumes: z.array(record).optional() })) }),
});
const PROBE_BINARY = fileURLToPath(new URL("../../../node/probe/probe-x86_64", import.meta.url));

/**
 * A bundle whose tasks start here, with as little of it changed as may be: their logs go to files, since CloudWatch is not here, and
 * the health probe lies in the engines' folder.
 * @param home the engines' folder
 * @param runs whether it matters for a service
 */
export function localBundle(bundle: unknown, home: string, runs: (id: string) => boolean = () => true): unknown {
  const probe = join(home, "probe");
  if (!existsSync(probe)) copyFileSync(PROBE_BINARY, probe);
  const parsed = bundleShape.parse(bundle);
  for (const [id, service] of Object.entries(parsed.stack.services))
    if (runs(id)) {
      service["logging"] = { driver: "json-file" };
      for (const mount of service.volumes ?? []) if (mount["source"] === PROBE) mount["source"] = probe;
    }
  return parsed;
}

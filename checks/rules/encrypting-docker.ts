import { encryptsSafely } from "../facts.js";
import type { Rule } from "../rule.js";
import { dockerOf } from "./docker-version.js";

export const encryptingDocker: Rule = {
  code: "LF420",
  severity: "warning",
  inProduction: "error",
  title: "networks that are to be encrypted are",
  why: `With 'encrypt' what services send each other from VM to VM is encrypted. Docker before 23.0.3 takes and sends datagrams of such
networks in the clear where the kernel lacks what its rules need, and nobody notices (CVE-2023-28840, CVE-2023-28841). Photon 5.0 was
released with 23.0.2. The version is known where the lock file tells it for the pinned image ('docker'), or where 'os.packages' names
one ("docker-28.1.1").`,
  fix: "pin an image whose Docker is 23.0.3 or newer, and whose version the lock file tells",
  *check(context) {
    if (context.model.encrypt !== true) return;
    for (const fleet of context.model.fleets) {
      if (fleet.role === "control" && !context.model.control.runsServices) continue;
      const version = dockerOf(fleet, context);
      if (version === undefined)
        yield {
          at: { on: fleet.id },
          message: "nothing tells its version of Docker, and one before 23.0.3 does not keep 'encrypt'",
        };
      else if (!encryptsSafely(version))
        yield {
          at: { on: fleet.id },
          severity: "error",
          message: `with Docker ${version}, what 'encrypt' is to encrypt can be sent and taken in the clear (CVE-2023-28840)`,
        };
    }
  },
};

import { imageKey, LOCK_FILE } from "../../model/lock.js";
import type { Rule } from "../rule.js";

export const pinnedImage: Rule = {
  code: "LF503",
  severity: "warning",
  inProduction: "error",
  ofAccount: true,
  title: "a fleet has a pinned machine image",
  why: `There is no dependable public image of Photon OS: one is imported into the account, and its id is pinned in
${LOCK_FILE}, per region, release and architecture. A fleet without a pinned image boots whatever id is given at deploy time, and
two deploys of one program may differ.`,
  fix: `'lightfleet image pin' pins all of them in ${LOCK_FILE}, once 'lightfleet image import' has brought them into the account; or name one in 'os.image'`,
  *check({ model }) {
    for (const { id, os, arch } of model.fleets)
      if (os.image === null)
        yield {
          at: { on: id, detail: `${imageKey(os.release, arch)} in ${model.platform.region}` },
          message: "no machine image is pinned",
        };
  },
};

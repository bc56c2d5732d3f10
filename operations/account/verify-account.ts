import { LightfleetError } from "../../errors/error.js";
import type { Model } from "../../model/schema.js";
import { whoAmI, type Caller } from "../../stacks/aws/api/who-am-i.js";
import { loadModel } from "../program/load-model.js";
import type { SynthesizedCluster } from "../program/output-folder.js";

/**
 * Looks, before any engine starts, whether there are credentials at all, and whether they belong to the account that each
 * cluster names.
 * @throws LF600 where it is another account, LF625 to LF630 where AWS does not tell
 */
export async function guardAccounts(clusters: readonly SynthesizedCluster[]): Promise<Caller | undefined> {
  const models = await Promise.all(clusters.map(({ modelFile }) => loadModel(modelFile)));
  const [first] = models;
  if (first === undefined) return undefined;
  const caller = await whoAmI(first.platform.region);
  for (const model of models) refuseOther(model, caller);
  return caller;
}

/** The same for what only looks: AWS is asked who we are where a cluster names its account alone. @throws LF600, LF625 to LF630 */
export async function guardNamed(models: readonly Model[]): Promise<void> {
  const [first, ...more] = models.filter(({ account }) => account !== null);
  if (first === undefined) return;
  const caller = await whoAmI(first.platform.region);
  for (const model of [first, ...more]) refuseOther(model, caller);
}

/**
 * The same for what belongs to a region and no cluster, as images do: one of the program's clusters there has to be in the
 * account, where all of them say in which they are.
 * @throws LF600, LF625 to LF630
 */
export async function guardRegions(regions: readonly string[], models: readonly Model[]): Promise<void> {
  const there = models.filter(({ platform }) => regions.includes(platform.region));
  const [first] = there;
  if (first === undefined || there.some(({ account }) => account === null)) return;
  const caller = await whoAmI(first.platform.region);
  if (!there.some(({ account }) => account === caller.account)) refuseOther(first, caller);
}

function refuseOther({ cluster, account }: Model, caller: Caller): void {
  if (account === null || account === caller.account) return;
  throw new LightfleetError(
    `the cluster ${cluster} belongs to the account ${account}, and the credentials to ${caller.account} (${caller.arn}): nothing was done`,
    {
      code: "LF600",
      kind: "config",
      hint: "take other credentials (AWS_PROFILE), or change 'account' of the cluster",
    },
  );
}

import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { LightfleetError } from "../../errors/error.js";
import { sts } from "../aws/clients.js";
import { asking } from "../aws/errors.js";
import { loadModel } from "../rollout/model.js";
import type { SynthesizedCluster } from "../synth.js";

/** Who the credentials belong to. */
export interface Caller {
  /** 12 digits. */
  readonly account: string;
  /** ARN of the user or role. */
  readonly arn: string;
}

/** Asks AWS who we are. @throws LF625 to LF630 where it does not answer */
export async function whoAmI(region: string): Promise<Caller> {
  const client = sts(region);
  const { Account, Arn } = await asking("sts:GetCallerIdentity", () => client.send(new GetCallerIdentityCommand({})));
  return { account: Account ?? "", arn: Arn ?? "" };
}

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
  for (const { cluster, account } of models) if (account !== null) refuseOther(cluster, account, caller);
  return caller;
}

function refuseOther(cluster: string, account: string, caller: Caller): void {
  if (account === caller.account) return;
  throw new LightfleetError(
    `the cluster ${cluster} belongs to the account ${account}, and the credentials to ${caller.account} (${caller.arn}): nothing was done`,
    {
      code: "LF600",
      kind: "config",
      hint: "take other credentials (AWS_PROFILE), or change 'account' of the cluster",
    },
  );
}

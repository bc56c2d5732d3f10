import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { asking } from "./call.js";
import { sts } from "./clients.js";

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

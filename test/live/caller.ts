import type { Answer, Call } from "./wire.js";

/** What STS says of a user of the account 123456789012. */
export const CALLER: Answer = {
  status: 200,
  body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/ann</Arn><UserId>AIDA</UserId><Account>123456789012</Account>
</GetCallerIdentityResult></GetCallerIdentityResponse>`,
};

/** An account of that user that has no cluster. */
export function emptyAccount({ action }: Call): Answer {
  if (action === "DescribeAutoScalingGroups")
    return {
      status: 200,
      body: `<${action}Response xmlns="http://autoscaling.amazonaws.com/doc/2011-01-01/"><${action}Result><AutoScalingGroups/></${action}Result></${action}Response>`,
    };
  if (action.startsWith("GetParameters"))
    return { status: 200, body: '{"Parameters":[],"InvalidParameters":[]}', type: "application/x-amz-json-1.1" };
  return CALLER;
}

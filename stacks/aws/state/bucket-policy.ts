import { partitionOf } from "../names.js";

const SID = "TlsOnly";

/**
 * The policy of a bucket with the statement that refuses whoever comes without TLS. Every other statement stays as it is,
 * and so does one of that name that is there already.
 * @param present the JSON of the policy that the bucket has
 * @returns undefined where there is nothing to change
 */
export function withTlsOnly(present: string | undefined, bucket: string, region: string): string | undefined {
  const policy: Policy = present === undefined ? { Version: "2012-10-17" } : JSON.parse(present);
  const statements = [policy.Statement ?? []].flat();
  if (statements.some(({ Sid }) => Sid === SID)) return undefined;
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  const statement = {
    ...{ Sid: SID, Effect: "Deny", Principal: "*", Action: "s3:*", Resource: [arn, `${arn}/*`] },
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return JSON.stringify({ ...policy, Statement: [...statements, statement] });
}

interface Policy {
  readonly Version?: string;
  /** One alone needs no list. */
  readonly Statement?: Statement | readonly Statement[];
}

interface Statement {
  readonly Sid?: string;
}

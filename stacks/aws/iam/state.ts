import { partitionOf } from "../names.js";
import { grant, type Grant } from "./statement.js";

/** A state in S3, and the key that encrypts it. */
export interface StatePlace {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
  readonly kmsKey?: string;
}

/** The state and its lock, and no other cluster's. */
export function stateGrants({ bucket, key, region, kmsKey }: StatePlace): readonly Grant[] {
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  return [
    ...grant("FindState", ["s3:ListBucket"], [arn], {
      reason:
        "without it S3 says 'forbidden' of a state that is not there yet; it tells the names of other states, and not what is in them",
    }),
    ...grant("State", ["s3:GetObject", "s3:PutObject"], [`${arn}/${key}`]),
    ...grant("StateLock", ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], [`${arn}/${key}.tflock`]),
    ...grant("StateMoved", ["s3:GetObject"], [`${arn}/${key}.moved`]),
    ...(kmsKey === undefined ? [] : grant("StateKey", ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"], [kmsKey])),
  ];
}

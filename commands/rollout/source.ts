import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { LightfleetError } from "../../errors/error.js";
import { s3 } from "../aws/clients.js";
import { readStatus, type RolloutStatus } from "../../node/status.js";

/** Where it is told how a release fares. */
export interface RolloutSource {
  /** The digest of the release that is to run, or undefined where there is none. */
  wanted(): Promise<string | undefined>;
  /** What the managers last told, or undefined where they have told nothing yet. */
  status(): Promise<RolloutStatus | undefined>;
}

/**
 * The bucket of a cluster, with credentials and endpoint the standard way.
 * @throws LF076 by its methods where the bucket cannot be read
 */
export function bucketSource(bucket: string, region: string): RolloutSource {
  const client = s3(region);
  const read = async <T>(key: string, ask: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await ask();
    } catch (cause) {
      const name = cause instanceof Error ? cause.name : "";
      if (name === "NoSuchKey" || name === "NotFound") return undefined;
      throw new LightfleetError(`cannot read '${key}' of the bucket '${bucket}': ${name}`, {
        code: "LF076",
        kind: "external",
        hint: "look at the credentials: reading the cluster's bucket is all that is needed",
        cause,
      });
    }
  };
  return {
    wanted: async () => {
      const key = "release.json";
      const head = await read(key, () => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
      return head?.Metadata?.["sha256"];
    },
    status: async () => {
      const key = "status.json";
      const found = await read(key, () => client.send(new GetObjectCommand({ Bucket: bucket, Key: key })));
      const text = await found?.Body?.transformToString();
      return text === undefined ? undefined : readStatus(text);
    },
  };
}

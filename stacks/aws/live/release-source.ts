import { GetObjectCommand, HeadObjectCommand } from "@aws-sdk/client-s3";
import { LightfleetError } from "../../../errors/error.js";
import { s3 } from "../api/clients.js";
import { asking } from "../api/call.js";
import { readStatus, type RolloutStatus, type UnreadStatus } from "../../../node/status.js";

/** Where it is told how a release fares. */
export interface RolloutSource {
  /** The digest of the release that is to run, or undefined where there is none. */
  wanted(): Promise<string | undefined>;
  /** What the managers last told or why it cannot be read, or undefined where they have told nothing yet. */
  status(): Promise<RolloutStatus | UnreadStatus | undefined>;
}

/**
 * The bucket of a cluster, with credentials and endpoint the standard way.
 * @throws by its methods: LF076 where the bucket is gone, LF625 to LF630 where AWS does not answer
 */
export function bucketSource(bucket: string, region: string): RolloutSource {
  const client = s3(region);
  const read = <T>(key: string, ask: () => Promise<T>): Promise<T | undefined> =>
    asking("s3:GetObject", async () => {
      try {
        return await ask();
      } catch (cause) {
        const name = cause instanceof Error ? cause.name : "";
        if (name === "NoSuchKey" || name === "NotFound") return undefined;
        if (name === "NoSuchBucket") throw gone(bucket, key, cause);
        throw cause;
      }
    });
  return {
    wanted: async () => {
      const key = "release.json";
      const head = await read(key, () => client.send(new HeadObjectCommand({ Bucket: bucket, Key: key })));
      return head?.Metadata?.["sha256"];
    },
    status: async () => {
      const key = "status.json";
      const text = await read(key, async () => {
        const found = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return found.Body?.transformToString();
      });
      return text === undefined ? undefined : readStatus(text);
    },
  };
}

function gone(bucket: string, key: string, cause: unknown): LightfleetError {
  return new LightfleetError(`cannot read '${key}': the bucket '${bucket}' of the cluster is not there`, {
    code: "LF076",
    kind: "external",
    hint: "'lightfleet deploy' makes it anew, and releases are made from the program",
    cause,
  });
}

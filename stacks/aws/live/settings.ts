import { GetParametersCommand } from "@aws-sdk/client-ssm";
import { ssm } from "../api/clients.js";
import { asking } from "../api/call.js";
import { parameterPath } from "../parameters.js";

/** As many at a time as AWS gives. */
const PAGE = 10;

/** The buckets of clusters in one region, by cluster, from the settings that their VMs read. */
export async function readBuckets(region: string, clusters: readonly string[]): Promise<Map<string, string>> {
  const client = ssm(region);
  const names = new Map(clusters.map((cluster) => [`${parameterPath(cluster)}/settings`, cluster]));
  const found = new Map<string, string>();
  for (let from = 0; from < clusters.length; from += PAGE) {
    const Names = [...names.keys()].slice(from, from + PAGE);
    const { Parameters } = await asking("ssm:GetParameters", () => client.send(new GetParametersCommand({ Names })));
    for (const { Name = "", Value = "" } of Parameters ?? []) {
      const bucket = bucketIn(Value);
      const cluster = names.get(Name);
      if (bucket !== undefined && cluster !== undefined) found.set(cluster, bucket);
    }
  }
  return found;
}

function bucketIn(settings: string): string | undefined {
  try {
    const data: unknown = JSON.parse(settings);
    const bucket = typeof data === "object" && data !== null && "bucket" in data ? data.bucket : undefined;
    return typeof bucket === "string" ? bucket : undefined;
  } catch {
    return undefined;
  }
}

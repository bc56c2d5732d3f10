import { DeleteParametersCommand, paginateGetParametersByPath } from "@aws-sdk/client-ssm";
import { parameterPath } from "../parameters.js";
import { ssm } from "../api/clients.js";
import { asking } from "../api/call.js";

/** As many at a time as AWS takes. */
const PAGE = 10;

/**
 * Takes away what the VMs of a cluster wrote by themselves, and no state knows of: the join tokens of their swarm, and who
 * founded it. Safe to run twice. No value is read in clear.
 * @throws LF625 to LF630
 */
export async function forgetSwarm(region: string, cluster: string): Promise<void> {
  const client = ssm(region);
  const names = await asking("ssm:GetParametersByPath", async () => {
    const found: string[] = [];
    const all = { Path: `${parameterPath(cluster)}/swarm`, Recursive: true };
    for await (const { Parameters } of paginateGetParametersByPath({ client, pageSize: PAGE }, all))
      found.push(...(Parameters ?? []).flatMap(({ Name }) => Name ?? []));
    return found;
  });
  for (let from = 0; from < names.length; from += PAGE) {
    const Names = names.slice(from, from + PAGE);
    await asking("ssm:DeleteParameters", () => client.send(new DeleteParametersCommand({ Names })));
  }
}

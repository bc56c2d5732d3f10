import { deployerPolicy, type Note } from "../stacks/aws/iam/deployer-policy.js";
import { permissionsBoundary } from "../stacks/aws/iam/boundary.js";
import { readProgram } from "../stacks/aws/iam/program.js";
import type { PolicyDocument } from "../stacks/aws/iam/statement.js";
import type { CommandContext } from "../operations/context.js";
import { selectOne } from "../operations/engine/select-clusters.js";
import { readStack } from "../operations/program/output-folder.js";
import { readBackend } from "../operations/state/backend.js";
import { synthesize } from "../operations/synthesis/synthesize.js";

export interface IamOptions {
  /** The cluster; the only one of the program where it is not said. */
  readonly cluster: string | undefined;
  /** Whether the permissions boundary of its roles is wanted, in place of the deployer's policy. */
  readonly boundary: boolean;
}

export interface IamResult {
  readonly cluster: string;
  /** Each is a managed policy; together they are what a deployer needs, or the one boundary. */
  readonly policies: readonly PolicyDocument[];
  /** Why a statement is no narrower. */
  readonly notes: readonly Note[];
  /** Resources and data sources of the program that need rights which are not in there. */
  readonly uncovered: readonly string[];
}

/**
 * Makes the least policy for deploying a cluster, or the permissions boundary for its roles, from what it synthesizes. No account is asked.
 * @throws LF057 and LF615 where the cluster is not clear, LF646 where the boundary is too large, and what running the program throws
 */
export async function iam(options: IamOptions, context: CommandContext): Promise<IamResult> {
  const written = await synthesize(context, { gate: false });
  const { id, stackDir, stackFile } = selectOne(written.clusters, options.cluster);
  const json = await readStack({ stackDir, stackFile });
  const model = written.models.find(({ cluster }) => cluster === id)!;
  const program = readProgram(json, model);
  if (options.boundary) {
    const { policy, uncovered } = permissionsBoundary(program);
    return { cluster: id, policies: [policy], notes: [], uncovered };
  }
  const backend = readBackend(json);
  const { policies, notes, uncovered } = deployerPolicy(program, backend.kind === "s3" ? backend : undefined);
  const elsewhere = backend.kind === "other" ? [`the state in the backend '${backend.type}'`] : [];
  return { cluster: id, policies, notes, uncovered: [...uncovered, ...elsewhere] };
}

import { fieldOf, isRecord } from "../../../lib/records.js";
import { backendOverride, providerOverride, readEndpoints, type Endpoints } from "./endpoints.js";

/**
 * What of the environment the engine has to be told in its own words: other endpoints than AWS's, for the provider and for
 * the state. Undefined where there is nothing to tell.
 * @param root the synthesized JSON
 */
export function overrideFor(root: unknown, env: NodeJS.ProcessEnv): Readonly<Record<string, unknown>> | undefined {
  const endpoints = readEndpoints(env);
  const aws = providerOverride(endpoints);
  if (aws === undefined) return undefined;
  const s3 = fieldOf(fieldOf(fieldOf(root, "terraform"), "backend"), "s3");
  // A backend in an override takes the place of the whole block.
  const backend = isRecord(s3) ? { terraform: { backend: { s3: { ...s3, ...backendOverride(endpoints) } } } } : {};
  return { ...backend, provider: { aws }, ...withoutTlsRule(root, endpoints) };
}

/** The bucket's policy refuses what comes without TLS: at an endpoint that speaks plain HTTP it would refuse all. */
function withoutTlsRule(root: unknown, { s3 = "" }: Endpoints): Readonly<Record<string, unknown>> {
  const policies = fieldOf(fieldOf(root, "resource"), "aws_s3_bucket_policy");
  if (!s3.startsWith("http:") || fieldOf(policies, "cluster") === undefined) return {};
  return { resource: { aws_s3_bucket_policy: { cluster: { count: 0 } } } };
}

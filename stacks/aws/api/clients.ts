import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { S3Client } from "@aws-sdk/client-s3";
import { SSMClient } from "@aws-sdk/client-ssm";
import { STSClient } from "@aws-sdk/client-sts";

// Which Node is needed is said by package.json and 'doctor': the SDK's own warning would stand above every result.
process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";

/**
 * What all clients are made with. Credentials and endpoint come the standard way (profiles, `AWS_ENDPOINT_URL` and its forms
 * for single services). What is throttled is tried again, ever more slowly, up to eight times in all.
 */
const settings = (region: string) => ({ region, maxAttempts: 8, retryMode: "adaptive" });

export const autoScaling = (region: string): AutoScalingClient => new AutoScalingClient(settings(region));

export const ec2 = (region: string): EC2Client => new EC2Client(settings(region));

export const loadBalancing = (region: string): ElasticLoadBalancingV2Client =>
  new ElasticLoadBalancingV2Client(settings(region));

export const ssm = (region: string): SSMClient => new SSMClient(settings(region));

export const sts = (region: string): STSClient => new STSClient(settings(region));

/** Another endpoint than AWS's knows no host name for each bucket. */
export function s3(region: string, env: NodeJS.ProcessEnv = process.env): S3Client {
  const foreign = [env["AWS_ENDPOINT_URL_S3"], env["AWS_ENDPOINT_URL"]].some((url) => (url ?? "") !== "");
  return new S3Client({ ...settings(region), followRegionRedirects: true, forcePathStyle: foreign });
}

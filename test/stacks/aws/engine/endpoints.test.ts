import { expect, test } from "vitest";
import { readEndpoints } from "../../../../stacks/aws/engine/endpoints.js";
import { overrideFor } from "../../../../stacks/aws/engine/override.js";

const local = "http://127.0.0.1:5000";

test("where nothing is said, all is as AWS has it", () => {
  expect(overrideFor({}, {})).toBeUndefined();
  expect(overrideFor({}, { AWS_ENDPOINT_URL: local, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })).toBeUndefined();
});

test("a service's own endpoint goes before the one for all", () => {
  const endpoints = readEndpoints({ AWS_ENDPOINT_URL: local, AWS_ENDPOINT_URL_S3: "https://s3.local" });
  expect(endpoints).toMatchObject({ s3: "https://s3.local", ec2: local, autoscaling: local, logs: local });
  expect(readEndpoints({ AWS_ENDPOINT_URL_AUTO_SCALING: local })).toEqual({ autoscaling: local });
});

test("the provider gets endpoints, and asks nothing that only AWS can answer", () => {
  expect(overrideFor({}, { AWS_ENDPOINT_URL: local })).toMatchObject({
    provider: { aws: { endpoints: [{ ec2: local }], skip_credentials_validation: true, s3_use_path_style: true } },
  });
});

test("a state in S3 keeps its settings, and finds the endpoint", () => {
  const root = { terraform: { backend: { s3: { bucket: "acme", key: "shop", use_lockfile: true } } } };
  expect(overrideFor(root, { AWS_ENDPOINT_URL: local })).toMatchObject({
    terraform: {
      backend: {
        s3: { bucket: "acme", key: "shop", use_lockfile: true, endpoints: { s3: local }, use_path_style: true },
      },
    },
  });
});

test("without TLS, the rule that refuses what comes without TLS is left out", () => {
  const root = { resource: { aws_s3_bucket_policy: { cluster: { policy: "{}" } } } };
  const left = { resource: { aws_s3_bucket_policy: { cluster: { count: 0 } } } };
  expect(overrideFor(root, { AWS_ENDPOINT_URL: local })).toMatchObject(left);
  expect(overrideFor(root, { AWS_ENDPOINT_URL: "https://aws.local" })).not.toHaveProperty("resource");
});

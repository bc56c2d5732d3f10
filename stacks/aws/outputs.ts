import { TerraformOutput } from "cdktf";
import type { RenderedGateway } from "./gateway.js";
import type { Site, Storage } from "./context.js";

/** What a deploy ends with: the addresses of the gateways, and the bucket. */
export function renderOutputs({ scope }: Site, storage: Storage, gateways: readonly RenderedGateway[]): void {
  for (const { id, url } of gateways) output(`${id}_url`, url, `address of the gateway ${id}`);
  output("bucket", storage.bucket, "bucket of the cluster: releases and status");

  function output(name: string, value: string, description: string): void {
    new TerraformOutput(scope, `output-${name}`, { value, description }).overrideLogicalId(name);
  }
}

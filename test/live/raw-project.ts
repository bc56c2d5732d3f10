import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writeModel } from "../../model/write.js";
import { tempDir } from "../commands/project.js";
import { modelOf } from "../program/random-model.js";

const NO_RELEASE = '{"stack":{"services":{},"networks":{}}}';

/** Terraform's JSON without its provider. */
export interface RawDocument {
  readonly resource: Readonly<Record<string, Readonly<Record<string, object>>>>;
  /** @default a file beside the program */
  readonly backend?: object;
}

/**
 * A project whose program wrote these resources and no others: what a deploy of them takes is seconds, where a cluster's own
 * take a minute.
 */
export async function rawProject(
  document: RawDocument,
): Promise<{ dir: string; write(next: RawDocument): Promise<void> }> {
  const dir = await tempDir();
  const [out, stack] = [join(dir, "cdktf.out"), join("stacks", "shop")];
  await mkdir(join(out, "shop"), { recursive: true });
  await mkdir(join(out, stack), { recursive: true });
  const entry = { name: "shop", workingDirectory: stack, synthesizedStackPath: join(stack, "cdk.tf.json") };
  await writeFile(join(dir, "cdktf.json"), '{"app":"true"}');
  await writeFile(join(out, "manifest.json"), JSON.stringify({ stacks: { shop: entry } }));
  await writeFile(join(out, "shop", "model.json"), writeModel({ ...modelOf([], [], []), fleets: [] }));
  const local = { local: { path: "../../../terraform.shop.tfstate" } };
  const aws = { source: "registry.terraform.io/hashicorp/aws", version: "5.100.0" };
  const write = (next: RawDocument): Promise<void> =>
    writeFile(
      join(out, stack, "cdk.tf.json"),
      JSON.stringify({
        terraform: { required_providers: { aws }, backend: next.backend ?? local },
        // A refused call is asked once more, and not 25 times.
        provider: { aws: [{ region: "eu-west-1", max_retries: 2 }] },
        // No release, but what the proof of the edges reads one out of; a document may bring its own.
        resource: {
          aws_s3_object: { release: { count: 0, bucket: "b", key: "release.json", content: NO_RELEASE } },
          ...next.resource,
        },
      }),
    );
  await write(document);
  return { dir, write };
}

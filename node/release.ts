import type { Model, ServiceModel } from "../model/schema.js";
import { Hole, type Json } from "./json.js";
import { fileKey, secretKey } from "./keys.js";
import { composeStack, type StackSources } from "./stack.js";

/** Version of the bundle's format; the agent refuses one that it does not know. */
export const RELEASE_VERSION = 1;

/**
 * The release bundle: what the managers pull and apply, the services' desired state as one document. Of secrets it says
 * where they are kept. It holds nothing that changes from one deploy to the next while the services stay the same.
 */
export function releaseBundle(model: Model, sources: StackSources): Json {
  const used = new Set(model.services.flatMap(({ secrets }) => Object.values(secrets)));
  const secrets = model.secrets.filter(({ id }) => used.has(id));
  const files = model.services.flatMap(fileEntries);
  return {
    version: RELEASE_VERSION,
    cluster: model.cluster,
    stack: composeStack(model, sources),
    secrets: Object.fromEntries(secrets.map(({ id, from, name }) => [secretKey(id), { from, name }])),
    configs: Object.fromEntries(files),
  };
}

const fileEntries = ({ id, files, binaryFiles = {} }: ServiceModel): (readonly [string, Json])[] => [
  ...Object.entries(files).map(([path, text]): readonly [string, Json] => [
    fileKey(id, path),
    { content: typeof text === "string" ? text : new Hole(text.terraform, "content") },
  ]),
  ...Object.entries(binaryFiles).map(([path, content]): readonly [string, Json] => [
    fileKey(id, path),
    { content, encoding: "base64" },
  ]),
];

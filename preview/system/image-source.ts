import type { Value } from "../../model/schema.js";

/**
 * Who an image comes from: its registry, and the path in it but for the last part, as in `ghcr.io/acme`. Docker reads `nginx` as
 * `docker.io/library/nginx`, and a first part as a registry where it has a dot or a colon, or is `localhost`
 * (distribution/reference, splitDockerDomain). Undefined where only Terraform knows.
 */
export function imageSource(image: Value): string | undefined {
  if (typeof image !== "string") return undefined;
  const [first = "", ...rest] = image.replace(/@.*$/s, "").split("/");
  const isRegistry = rest.length > 0 && (/[.:]/.test(first) || first === "localhost");
  const registry = isRegistry ? first.replace(/^index\.docker\.io$/, "docker.io") : "docker.io";
  const path = isRegistry ? rest : [first, ...rest];
  const owner = path.slice(0, -1).join("/") || (registry === "docker.io" ? "library" : "");
  return owner === "" ? registry : `${registry}/${owner}`;
}

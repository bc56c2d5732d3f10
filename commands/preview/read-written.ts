import { createHash } from "node:crypto";
import type { ClusterSide } from "../../preview/side.js";
import { readRelease, readUserData } from "../../stacks/aws/written.js";

type Fields = Readonly<Record<string, unknown>>;

/** The services of the release bundle, out of Terraform JSON; what only Terraform knows stands as its expression. */
export function readBundle(json: unknown): ClusterSide["bundle"] {
  const locals = record(record(json)["locals"]);
  const expression = (text: string): string =>
    JSON.stringify(text.replace(/local\.(\w+)/g, (name: string, local: string) => String(locals[local] ?? name)));
  try {
    return record(record(record(readRelease(json, expression))["stack"])["services"]);
  } catch {
    return {};
  }
}

/** The files that VMs of each fleet boot with, out of their launch templates. */
export function readBootData(json: unknown): ClusterSide["bootData"] {
  const templates = Object.entries(record(record(record(json)["resource"])["aws_launch_template"]));
  return Object.fromEntries(
    templates.flatMap(([fleet, template]) => {
      const files = decode(record(template)["user_data"]);
      return files === undefined ? [] : [[fleet, files] as const];
    }),
  );
}

function decode(userData: unknown): Record<string, string> | undefined {
  if (typeof userData !== "string") return undefined;
  try {
    const { files, rest } = readUserData(userData);
    const texts = files.map(({ path, content, encoding }) => {
      if (encoding === undefined) return [path, content];
      const hash = createHash("sha256").update(content).digest("hex").slice(0, 12);
      return [path, `(binary, ${content.length} characters of base64, sha256 ${hash})`];
    });
    return { ...Object.fromEntries(texts), "cloud-config": JSON.stringify(rest) };
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Fields => (isRecord(value) ? value : {});
const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

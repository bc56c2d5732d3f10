import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { ClusterSide } from "../../preview/side.js";

type Fields = Readonly<Record<string, unknown>>;

/** The services of the release bundle, out of Terraform JSON; what only Terraform knows stands as its expression. */
export function readBundle(json: unknown): ClusterSide["bundle"] {
  const locals = record(record(json)["locals"]);
  const release = locals["release"];
  if (typeof release !== "string") return {};
  const resolved = release
    .replace(/(?<!\$)\$\{jsonencode\((.*?)\)\}/g, (_, inner: string) =>
      JSON.stringify(inner.replace(/local\.(\w+)/g, (name: string, local: string) => String(locals[local] ?? name))),
    )
    .replaceAll("$${", "${")
    .replaceAll("%%{", "%{");
  try {
    return record(record(record(JSON.parse(resolved))["stack"])["services"]);
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
    const config = gunzipSync(Buffer.from(userData, "base64"))
      .toString("utf8")
      .replace(/^#cloud-config\n/, "");
    const { write_files: files, ...rest } = record(JSON.parse(config));
    const texts = (Array.isArray(files) ? files.map(record) : []).map(({ path, content, encoding }) => {
      const text = String(content ?? "");
      const hash = createHash("sha256").update(text).digest("hex").slice(0, 12);
      return [
        String(path),
        encoding === undefined ? text : `(binary, ${text.length} characters of base64, sha256 ${hash})`,
      ];
    });
    return { ...Object.fromEntries(texts), "cloud-config": JSON.stringify(rest) };
  } catch {
    return undefined;
  }
}

const record = (value: unknown): Fields => (isRecord(value) ? value : {});
const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

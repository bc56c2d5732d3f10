import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.js";

/** Where credentials may come from, beside files. */
const SOURCES = [
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

/** Whether there are AWS credentials at all. Whether they are valid is not asked. The sandbox needs none. */
export function checkCredentials(env: NodeJS.ProcessEnv, home: string): Check {
  const name = "AWS credentials";
  const files = [
    env["AWS_SHARED_CREDENTIALS_FILE"] ?? join(home, ".aws", "credentials"),
    env["AWS_CONFIG_FILE"] ?? join(home, ".aws", "config"),
  ];
  const found = [
    ...SOURCES.filter((source) => (env[source] ?? "") !== ""),
    ...files.filter((file) => existsSync(file)),
  ];
  if (found.length > 0) return { name, status: "ok", detail: `by ${found.join(", ")}`, required: false };
  return {
    name,
    status: "missing",
    detail: "none: the sandbox needs none",
    hint: "to deploy to AWS, run 'aws configure sso', or set AWS_PROFILE",
    required: false,
  };
}

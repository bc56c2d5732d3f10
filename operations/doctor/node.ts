import type { Check } from "./check.js";

const [MAJOR, MINOR] = [20, 19];

/** @param version as in `20.19.0` */
export function checkNode(version: string): Check {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isEnough = major > MAJOR || (major === MAJOR && minor >= MINOR);
  return {
    name: "Node.js",
    status: isEnough ? "ok" : "missing",
    detail: isEnough ? version : `${version} is too old: ${MAJOR}.${MINOR} or later is needed`,
    ...(isEnough ? {} : { hint: "https://nodejs.org/en/download" }),
    required: true,
  };
}

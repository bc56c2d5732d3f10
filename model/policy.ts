import { isRecord } from "../lib/records.js";
/** A kind of change that a program wants blocked in previews, as plain data. */
export interface PolicyRule {
  readonly rule: (typeof POLICY_RULES)[number];
  /** `stateful`, `any`, `public`, `outside`, a kind of thing (`fleet`), or an id. */
  readonly of: string;
}

export const POLICY_RULES = [
  "replaces",
  "destroys",
  "opensEdge",
  "interrupts",
  "losesData",
  "raisesPrivilege",
] as const;

/** What a container may get more of: Linux capabilities, root, a writable root file system, … */
export const PRIVILEGE_KINDS = ["capabilities", "root", "writable", "registry", "secret", "host-port"] as const;
export type PrivilegeKind = (typeof PRIVILEGE_KINDS)[number];

/** What a program says of its previews. */
export interface PolicyModel {
  readonly block: readonly PolicyRule[];
  readonly accept: readonly { readonly rule: string; readonly on?: string; readonly reason: string }[];
}

/** A rule as the program writes it: `replaces("stateful")`. */
export const describePolicy = ({ rule, of }: PolicyRule): string => `${rule}(${JSON.stringify(of)})`;

/** Whether a value that a program handed over is a policy: it may come from another version of the library. */
export function isPolicy(value: unknown): value is PolicyModel {
  if (!isRecord(value)) return false;
  const { block, accept } = value;
  return (
    Array.isArray(block) &&
    block.every(
      (one) => isRecord(one) && POLICY_RULES.some((name) => name === one["rule"]) && typeof one["of"] === "string",
    ) &&
    Array.isArray(accept) &&
    accept.every((one) => isRecord(one) && typeof one["rule"] === "string" && typeof one["reason"] === "string")
  );
}

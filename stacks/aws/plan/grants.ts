import { type Fields, isRecord } from "../../../lib/records.js";
/** Something that a policy lets anybody do. */
export interface Grant {
  readonly action: string;
  readonly resource: string;
}

/** Arguments that hold a policy of who may do what to the resource. */
const POLICIES = ["policy", "assume_role_policy", "access_policy", "access_policies", "resource_policy"];

/** Whose policies are for those alone who are inside the network already. */
const INSIDE = /^aws_vpc_endpoint/;

/** What the policies of a resource let anybody do, with no condition. */
export function grantsToAll(type: string, value: Fields): Grant[] {
  if (INSIDE.test(type)) return [];
  return POLICIES.flatMap((name) => {
    const policy = readPolicy(value[name]);
    return isRecord(policy) ? list(policy["Statement"]).filter(isRecord).flatMap(grantsOf) : [];
  });
}

/** As in `anybody may s3:GetObject`. */
export const grantText = ({ action }: Grant): string => `anybody may ${action === "*" ? "do anything" : action}`;

/** Whether one lets anybody do all that the other does. */
export const coversGrant = (one: Grant, other: Grant): boolean =>
  matches(one.action.toLowerCase(), other.action.toLowerCase()) && matches(one.resource, other.resource);

function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "s").test(text);
}

function grantsOf(statement: Fields): Grant[] {
  const condition = statement["Condition"];
  const bound = isRecord(condition) && Object.keys(condition).length > 0;
  const anybody = isAnybody(statement["Principal"]) || statement["NotPrincipal"] !== undefined;
  if (statement["Effect"] !== "Allow" || bound || !anybody) return [];
  const actions = statement["NotAction"] === undefined ? texts(statement["Action"]) : ["*"];
  const named = statement["NotResource"] === undefined ? texts(statement["Resource"]) : ["*"];
  const resources = named.length === 0 ? ["*"] : named;
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
}

const isAnybody = (principal: unknown): boolean =>
  principal === "*" || (isRecord(principal) && ["AWS", "*"].some((kind) => texts(principal[kind]).includes("*")));

/** A policy is a text of JSON; with expressions in its texts it is one as well. */
function readPolicy(value: unknown): unknown {
  if (typeof value !== "string" || !value.includes("Allow")) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);
const texts = (value: unknown): string[] => list(value).filter((item) => typeof item === "string");

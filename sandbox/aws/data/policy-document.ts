import { crc32 } from "node:zlib";
import { Refusal } from "../types/resource-handler.js";
import { isObject, objects, text, texts, type ObjectValue } from "../../value.js";
import { asValue } from "../../protocol/values.js";
import type { Reader } from "./reader.js";

type Json = string | Json[] | { [key: string]: Json };

/** One string alone stands without a list; lists are in reverse order, as the real provider writes them. */
const oneOrMany = (values: readonly string[]): Json => {
  const ordered = [...values].sort().reverse();
  return ordered.length === 1 ? (ordered[0] ?? "") : ordered;
};

/** `&{aws:username}` stands for a variable of IAM, since `${` is Terraform's own. */
const unescape = (values: readonly string[]): string[] => values.map((value) => value.replaceAll("&{", "${"));

function statement(block: ObjectValue, isLegacy: boolean): Record<string, Json> {
  const sid = text(block["sid"]) ?? "";
  const lists = { Action: "actions", NotAction: "not_actions", Resource: "resources", NotResource: "not_resources" };
  const result: Record<string, Json> = { ...(sid !== "" && { Sid: sid }), Effect: text(block["effect"]) ?? "Allow" };
  for (const [key, name] of Object.entries(lists)) {
    const values = unescape(texts(block[name]));
    if (values.length > 0) result[key] = oneOrMany(values);
  }
  for (const [key, name] of Object.entries({ Principal: "principals", NotPrincipal: "not_principals" })) {
    const found = principals(objects(block[name]), isLegacy);
    if (found !== undefined) result[key] = found;
  }
  const conditions = objects(block["condition"]);
  if (conditions.length > 0) result["Condition"] = conditionsOf(conditions);
  return result;
}

function principals(blocks: readonly ObjectValue[], isLegacy: boolean): Json | undefined {
  if (blocks.length === 0) return undefined;
  const named = blocks.map((block) => ({
    type: text(block["type"]) ?? "",
    ids: unescape(texts(block["identifiers"])),
  }));
  const [first] = named;
  if (named.length === 1 && first?.type === "*" && first.ids.length === 1 && first.ids[0] === "*") return "*";
  if (isLegacy && first?.ids.some((id) => id.includes("${")))
    throw new Refusal("found ${ sequence in (2008-10-17) policy document; only version 2012-10-17 has variables");
  const merged = new Map<string, string[]>();
  for (const { type, ids } of named) merged.set(type, [...(merged.get(type) ?? []), ...ids]);
  return Object.fromEntries(
    [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, ids]) => [type, oneOrMany(ids)]),
  );
}

function conditionsOf(blocks: readonly ObjectValue[]): Json {
  const tests: Record<string, Record<string, string[]>> = {};
  for (const block of blocks) {
    const variables = (tests[text(block["test"]) ?? ""] ??= {});
    const values = (variables[text(block["variable"]) ?? ""] ??= []);
    values.push(...unescape(texts(block["values"])));
  }
  const sorted = <T>(record: Record<string, T>): [string, T][] =>
    Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted(tests).map(([test, variables]) => [
      test,
      Object.fromEntries(
        sorted(variables).map(([name, values]) => [name, values.length === 1 ? (values[0] ?? "") : values]),
      ),
    ]),
  );
}

/** The statements of other documents, which a document starts from or is overlaid with. */
function statementsOf(documents: readonly string[], attribute: string): ObjectValue[] {
  return documents
    .filter((document) => document !== "")
    .flatMap((document) => {
      try {
        const parsed = asValue(JSON.parse(document));
        const found = isObject(parsed) ? parsed["Statement"] : undefined;
        return isObject(found) ? [found] : objects(found);
      } catch {
        throw new Refusal("the policy document is not JSON", attribute);
      }
    });
}

/** Statements of the same sid replace one another; those without one are all kept. */
function merge<S extends { readonly [key: string]: unknown }>(statements: readonly S[]): S[] {
  const merged: S[] = [];
  for (const item of statements) {
    const index = item["Sid"] === undefined ? -1 : merged.findIndex((other) => other["Sid"] === item["Sid"]);
    if (index < 0) merged.push(item);
    else merged[index] = item;
  }
  return merged;
}

const document: Reader = (_account, config) => {
  const version = text(config["version"]) ?? "2012-10-17";
  const id = text(config["policy_id"]);
  const own = objects(config["statement"]).map((block) => statement(block, version === "2008-10-17"));
  const sources = statementsOf(
    [text(config["source_json"]) ?? "", ...texts(config["source_policy_documents"])],
    "source_policy_documents",
  );
  const overrides = statementsOf(
    [...texts(config["override_policy_documents"]), text(config["override_json"]) ?? ""],
    "override_policy_documents",
  );
  const policy = {
    Version: version,
    ...(id !== undefined && { Id: id }),
    Statement: merge<ObjectValue | Record<string, Json>>([...sources, ...own, ...overrides]),
  };
  const json = goJson(JSON.stringify(policy, null, 2));
  return {
    id: String(crc32(json)),
    json,
    minified_json: goJson(JSON.stringify(policy)),
    version,
    statement: statementBlocks(config),
  };
};

const statementBlocks = (config: ObjectValue): ObjectValue[] =>
  objects(config["statement"]).map((block) => ({ ...block, effect: block["effect"] ?? "Allow" }));

/** Go writes some characters of HTML as escapes. */
const goJson = (json: string): string =>
  json.replaceAll("<", "\\u003c").replaceAll(">", "\\u003e").replaceAll("&", "\\u0026");

export const policyData = { aws_iam_policy_document: document } satisfies Record<string, Reader>;

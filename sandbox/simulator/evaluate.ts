import { digest } from "../aws/ids.js";
import { isList, isObject, isUnknown, isWhollyKnown, UNKNOWN, type ObjectValue, type Value } from "../value.js";
import { asText, FUNCTIONS } from "./functions.js";
import { parseTemplate, type Expression, type Step } from "./parse.js";

/** Answers what a reference's first part names: `aws_vpc` with the steps `cluster`, `id`; undefined where it is not known here. */
export type Lookup = (name: string, steps: readonly Step[]) => Value | undefined;

/** A JSON value of the program with all of its expressions worked out. */
export function evaluate(value: Value, lookup: Lookup): Value {
  if (typeof value === "string") return value.includes("{") ? work(parsed(value), lookup) : value;
  if (isList(value)) return value.map((item) => evaluate(item, lookup));
  if (isUnknown(value) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item, lookup)]));
}

const cache = new Map<string, Expression>();

function parsed(template: string): Expression {
  if (template.length > 512) return parseTemplate(template);
  let expression = cache.get(template);
  if (expression === undefined) cache.set(template, (expression = parseTemplate(template)));
  return expression;
}

function work(expression: Expression, lookup: Lookup): Value {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "list":
      return expression.items.map((item) => work(item, lookup));
    case "reference":
      return lookup(expression.name, expression.steps) ?? stand([expression.name, ...expression.steps]);
    case "opaque":
      return opaque(expression.text, lookup);
    case "call": {
      const args = expression.args.map((arg) => work(arg, lookup));
      if (!args.every(isWhollyKnown)) return UNKNOWN;
      return FUNCTIONS[expression.name]?.(...args) ?? stand([expression.name, args]);
    }
    case "text": {
      const parts = expression.parts.map((part) => (typeof part === "string" ? part : work(part, lookup)));
      if (!parts.every(isWhollyKnown)) return UNKNOWN;
      const texts = parts.map(asText);
      return texts.includes(undefined) ? stand(parts) : texts.join("");
    }
  }
}

/** Takes steps into a value; undefined where there is nothing. */
export function descend(value: Value | undefined, steps: readonly Step[]): Value | undefined {
  let at = value;
  for (const step of steps) {
    if (isUnknown(at)) return UNKNOWN;
    if (isList(at) && typeof step === "number") at = at[step];
    else if (isObject(at)) at = at[String(step)];
    else return undefined;
  }
  return at;
}

/** What is not worked out is the same for base and head where all that goes into it is: a text of its own stands for it. */
export const stand = (of: readonly unknown[]): string => `${STANDING}${digest(of, 12)})`;
const STANDING = "(not worked out: ";

/** Whether nothing in a value is only stood for. */
export function isWorkedOut(value: Value): boolean {
  if (typeof value === "string") return !value.includes(STANDING);
  if (isList(value)) return value.every(isWorkedOut);
  return isUnknown(value) || !isObject(value) || Object.values(value).every(isWorkedOut);
}

const REFERENCE = /(?<![\w."$-])(?:data\.)?[a-z]\w*(?:\.[A-Za-z_][\w-]*)+/g;

function opaque(text: string, lookup: Lookup): Value {
  const parts: Value[] = [];
  for (const [reference] of text.matchAll(REFERENCE)) {
    const [name = "", ...steps] = reference.split(".");
    parts.push(lookup(name, steps) ?? null);
  }
  return parts.every(isWhollyKnown) ? stand([text, parts]) : UNKNOWN;
}

/** Names of what a value refers to, as `aws_vpc.cluster`; for dependencies alone. */
export function referencesIn(value: Value | ObjectValue): string[] {
  const found = new Set<string>();
  const visit = (item: Value): void => {
    if (typeof item === "string") {
      if (!item.includes("${")) return;
      for (const [reference] of item.matchAll(REFERENCE)) {
        const [a = "", b = "", c = ""] = reference.split(".");
        found.add(a === "data" ? `${a}.${b}.${c}` : `${a}.${b}`);
      }
    } else if (isList(item)) item.forEach(visit);
    else if (isObject(item)) Object.values(item).forEach(visit);
  };
  visit(value);
  return [...found];
}

import { Tokenization } from "cdktf";
import { Construct } from "constructs";
import { holdsAddress, holdsPiece } from "./address.js";
import type { Border } from "./props-validator.js";
import type { Noun } from "./element.js";
import { didYouMean, nearest } from "./nearest.js";
import { isNumberToken, LIST_TOKEN, MAP_TOKEN, TOKEN_MARK } from "./tokens.js";
import { entryOf, showValue } from "./show.js";
import { unsupported } from "./unsupported.js";

/**
 * What a prop may hold. Gives the value back as it was handed over where it is of that kind. What is wrong is reported, and left
 * out of what is given back; undefined where nothing is left.
 */
export interface Shape {
  (value: unknown, prop: string, border: Border): unknown;
  /** Whether it is of a text: those come from the environment, so that `undefined` is no way to leave an option out. */
  readonly ofText?: true;
}

const ofText = (shape: Shape): Shape => Object.assign(shape, { ofText: true as const });

/** Characters that no program on Linux can be given: a zero ends a text there, and half of a surrogate pair is none. */
const UNUSABLE = /[\0\ud800-\udfff]/;
const LONE_SURROGATES = /[\ud800-\udfff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A text that stands in the model as it is. @param example what is taken, for the error, as in `a container image` */
export const text = (what = "a text", hint = asText): Shape =>
  ofText((value, prop, border) => {
    if (!isText(value, prop, border, { what, hint })) return undefined;
    if (!value.includes(TOKEN_MARK)) return value;
    border.refuseToken(prop);
    return undefined;
  });

/** A text that may hold values that only Terraform knows. */
export const value = (what = "a text"): Shape =>
  ofText((given, prop, border) =>
    isText(given, prop, border, { what }) && isKnown(given, prop, border) ? given : undefined,
  );

/** A text that a service is given, in which addresses may stand: a variable, an argument, a word of a health command. */
export const word: Shape = ofText((given, prop, border) =>
  isText(given, prop, border, { addresses: true }) && isKnown(given, prop, border) ? given : undefined,
);

/** The same for the content of a file. */
export const content: Shape = ofText((given, prop, border) =>
  isText(given, prop, border, { unusable: LONE_SURROGATES, addresses: true }) && isKnown(given, prop, border)
    ? given
    : undefined,
);

/** A text, or a function that gives it when all is declared. */
export const late = (shape: Shape): Shape => either((given) => typeof given === "function", method, shape);

/** Whether cdktf knows the tokens of a text: what looks like one and is none would end the synthesis without a line. */
function isKnown(text: string, prop: string, border: Border): boolean {
  if (!text.includes(TOKEN_MARK)) return true;
  try {
    Tokenization.reverseString(text);
    return true;
  } catch {
    border.refuse("LF022", `'${prop}' (${showValue(text)}) holds a token that this program did not make`);
    return false;
  }
}

interface TextKind {
  readonly what?: string;
  /** What to write in place of a number or a truth value. */
  readonly hint?: (value: number | boolean) => string;
  readonly unusable?: RegExp;
  /** Whether addresses of services may stand in it. */
  readonly addresses?: boolean;
}

const asText = (value: number | boolean): string => `write ${JSON.stringify(String(value))}`;

function isText(
  value: unknown,
  prop: string,
  border: Border,
  { what = "a text", hint = asText, unusable = UNUSABLE, addresses = false }: TextKind,
): value is string {
  if (typeof value !== "string") {
    if (isNumberToken(value))
      border.refuse("LF022", `'${prop}' is a number that only Terraform knows`, "make it a text: Token.asString(…)");
    else border.refuseType(prop, value, what, isPlainScalar(value) ? hint(value) : undefined);
    return false;
  }
  return isUsable(value, prop, border, unusable) && isWhole(value, prop, border, addresses);
}

/** Whether addresses may stand in a text, and are all whole there. */
function isWhole(text: string, prop: string, border: Border, addresses: boolean): boolean {
  if (!holdsAddress(text)) return true;
  if (addresses && !holdsPiece(text)) return true;
  if (addresses)
    border.refuse(
      "LF078",
      `'${prop}' (${showValue(text)}) holds a part of an address that was taken apart, or encoded`,
      "put 'address', 'host' or 'port' into the text as it is: what it comes to is known when all is declared",
    );
  else border.refuseAddress(prop, text);
  return false;
}

function isUsable(text: string, prop: string, border: Border, unusable = UNUSABLE): boolean {
  if (!unusable.test(text)) return true;
  const zero = unusable === UNUSABLE ? text.indexOf("\0") : -1;
  if (zero < 0 && !LONE_SURROGATE.test(text)) return true;
  border.refuse(
    "LF027",
    zero < 0
      ? `'${prop}' (${showValue(text)}) holds half of a surrogate pair, which is no character`
      : `'${prop}' (${showValue(text)}) holds the character NUL at ${zero}, where every text on Linux ends`,
  );
  return false;
}

const isPlainScalar = (value: unknown): value is number | boolean =>
  (typeof value === "number" && Number.isFinite(value)) || typeof value === "boolean";

/** A number that the program knows; its range is for others to look at. @param insteadOfToken what to do where only Terraform knows it */
export const number =
  (what = "a number", insteadOfToken?: string): Shape =>
  (value, prop, border) => {
    if (isNumberToken(value)) border.refuseToken(prop, insteadOfToken);
    else if (typeof value === "number") return value;
    else if (typeof value === "string" && value.includes(TOKEN_MARK)) border.refuseToken(prop, insteadOfToken);
    else border.refuseType(prop, value, what);
    return undefined;
  };

export const flag: Shape = (value, prop, border) => {
  if (typeof value === "boolean") return value;
  border.refuseType(prop, value, "true or false");
  return undefined;
};

/** A function. */
export const method: Shape = (value, prop, border) => {
  if (typeof value === "function") return value;
  border.refuseType(prop, value, "a function");
  return undefined;
};

/** One of several texts. */
export const choice = (...options: readonly string[]): Shape =>
  ofText((value, prop, border) => {
    if (options.some((option) => option === value)) return value;
    const allowed = `one of ${options.map((option) => JSON.stringify(option)).join(", ")}`;
    if (typeof value !== "string") border.refuseType(prop, value, allowed);
    else border.refuse("LF018", `'${prop}' (${showValue(value)}) must be ${allowed}`, didYouMean(value, options));
    return undefined;
  });

/** The first of several shapes that a value is like. */
export const either = (is: (value: unknown) => boolean, yes: Shape, no: Shape): Shape => {
  const shape: Shape = (value, prop, border) => (is(value) ? yes(value, prop, border) : no(value, prop, border));
  return yes.ofText === true || no.ofText === true ? ofText(shape) : shape;
};

/** A list. */
export const list =
  (entry: Shape, what = "a list"): Shape =>
  (value, prop, border) => {
    if (!Array.isArray(value)) {
      border.refuseType(prop, value, what);
      return undefined;
    }
    const entries: readonly unknown[] = value;
    if (entries.length === 1 && typeof entries[0] === "string" && entries[0].includes(LIST_TOKEN)) {
      border.refuse(
        "LF022",
        `'${prop}' is a list that only Terraform knows`,
        "write the list itself; in 'args', single texts of it may be tokens",
      );
      return undefined;
    }
    const taken: unknown[] = [];
    let whole = true;
    for (let index = 0; index < entries.length; index++) {
      const at = `${prop}[${index}]`;
      const read = entries[index] === undefined ? border.refuseUndefined(at) : entry(entries[index], at, border);
      whole &&= read !== undefined && read === entries[index];
      if (read !== undefined) taken.push(read);
    }
    if (whole) return entries;
    // All that it had is refused: that it is empty now is no mistake of its own.
    return taken.length === 0 ? undefined : taken;
  };

/** A map with any keys. */
export const map =
  (entry: Shape, what = "a map"): Shape =>
  (value, prop, border) => {
    if (!isObject(value) || Symbol.iterator in value) {
      border.refuseType(prop, value, what, value instanceof Map ? "write Object.fromEntries(…)" : undefined);
      return undefined;
    }
    const keys = Object.keys(value);
    const taken: [string, unknown][] = [];
    let whole = true;
    for (const key of keys) {
      const at = entryOf(prop, key);
      const given = value[key];
      if (key.includes(MAP_TOKEN) || key.includes(TOKEN_MARK)) {
        border.refuse(
          "LF022",
          key.includes(MAP_TOKEN)
            ? `'${prop}' is a map that only Terraform knows`
            : `'${prop}' has a key that only Terraform knows`,
          "write the map itself; its values may be tokens in 'env' and 'files'",
        );
        whole = false;
        continue;
      }
      const usable = isUsable(key, `${prop}: the key`, border) && isWhole(key, `${prop}: the key`, border, false);
      const read = given === undefined ? border.refuseUndefined(at) : entry(given, at, border);
      whole &&= usable && read !== undefined && read === given;
      if (usable && read !== undefined) taken.push([key, read]);
    }
    return whole ? value : Object.fromEntries(taken);
  };

/** A shape for each option of a type, with a `!` behind those that have to be there. */
export type Fields<T> = {
  readonly [K in keyof T & string as Pick<T, K> extends Required<Pick<T, K>> ? `${K}!` : K]-?: Shape;
};

/**
 * Options by name. `undefined` is refused where a text belongs, or an option is needed; what holds anything else is left out by it, as by
 * helpers that spread `{ health: undefined }`.
 * @param open whether others are left alone, since a program may have an object of its own there
 */
export function options<T>(of: string, fields: Fields<T>, open = false): Shape {
  const entries = Object.entries<Shape>(fields);
  const shapes = new Map(entries.map(([name, shape]) => [name.replace("!", ""), shape]));
  const required = entries.flatMap(([name]) => (name.endsWith("!") ? [name.slice(0, -1)] : []));
  const names = [...shapes.keys()];
  return (value, prop, border) => {
    if (!isObject(value)) {
      if (prop === "") border.refuse("LF026", `the options of ${of} (${showValue(value)}) must be an object`);
      else border.refuseType(prop, value, `the options of ${of}`);
      return undefined;
    }
    let taken: Record<string, unknown> | undefined;
    for (const key of Object.keys(value)) {
      const at = prop === "" && shapes.has(key) ? key : entryOf(prop, key);
      const shape = shapes.get(key);
      const given = value[key];
      if (shape === undefined && open) continue;
      const never = shape === undefined && of === "a service" && prop === "" ? unsupported(key) : undefined;
      if (never !== undefined) border.refuse("LF024", `'${at}' is no option of ${of}: ${never.why}`, never.instead);
      else if (shape === undefined) border.refuse("LF024", `'${at}' is no option of ${of}`, nearest(key, names));
      else if (given === undefined) {
        if (shape.ofText === true || required.includes(key)) border.refuseUndefined(at);
      } else {
        const read = shape(given, at, border);
        if (read !== given) (taken ??= { ...value })[key] = read;
        if (read !== undefined) continue;
      }
      Reflect.deleteProperty((taken ??= { ...value }), key);
    }
    let whole = true;
    for (const key of required) {
      if (value[key] === undefined && !Object.hasOwn(value, key))
        border.refuse("LF025", `'${prop === "" ? key : `${prop}.${key}`}' is missing: ${of} needs it`);
      whole &&= (taken ?? value)[key] !== undefined;
    }
    // Of the options of a construct, the others are still to be read; a value within them is whole or none.
    return whole || prop === "" ? (taken ?? value) : undefined;
  };
}

/** A construct of a kind. */
export const element =
  (noun: Noun): Shape =>
  (value, prop, border) => {
    if (value instanceof Construct && Reflect.get(value, "noun") === noun) return value;
    border.refuseType(prop, value, `a ${noun}`, HANDED[noun]);
    return undefined;
  };

/** What to hand over of each kind. */
const HANDED: Readonly<Record<Noun, string>> = {
  fleet: "hand over the Fleet itself, as in 'on: core'",
  service: "hand over the Service itself",
  gateway: "hand over the Gateway itself",
  secret: "hand over the Secret itself; texts go into 'env' or 'files'",
  volume: "hand over the Volume itself, as in '{ \"/data\": data }'",
  mesh: "hand over the Mesh itself",
};

/** Something that has certain methods, as what `aws()` and `s3()` give. */
export const made =
  (by: string, method: string): Shape =>
  (value, prop, border) => {
    if (typeof value === "object" && value !== null && typeof Reflect.get(value, method) === "function") return value;
    border.refuseType(prop, value, `what ${by} gives`);
    return undefined;
  };

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Construct);

import type { Model, ServiceModel } from "../../model/schema.js";
import { isSecretValue, namedSecret } from "./names.js";
import { TOKENS } from "./tokens.js";

/** A credential in clear text. Its value is not in here, nor any part of it. */
export interface Credential {
  /** What it is, as a noun with its article. */
  readonly what: string;
  /** Whether its own shape gives it away; else what it is called does. */
  readonly certain: boolean;
  /** As in `variable DB_PASSWORD`. */
  readonly place: string;
}

/** A password between a user and a host: in a URL, or in the form of Go's MySQL driver. */
const IN_ADDRESS =
  /(?:[a-z][a-z0-9+.-]*:\/\/[^\s/:@"']*:([^\s/@"']+)@[\w[])|(?:(?:^|[\s"'=])[\w.-]+:([^\s@/:"']+)@(?:tcp|unix)\()/gi;

/** `user:password` after the option that takes it (curl, wget and the like). */
const USER_OPTION = /(?:^|\s)(?:-u|--user)[ =]([^\s:"']+):([^\s"']+)/g;

/** `--name value` and `--name=value`, in command lines. */
const OPTION = /(?:^|\s)--?([A-Za-z][\w.-]*)(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"'-][^\s"']*))/g;

/** `name: value` and `name=value`, in files of settings and within texts. */
const SETTING =
  /(?:^|[\s;,{&?"'])["']?([A-Za-z][\w.-]*)["']?[ \t]*[:=][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"',;&#}]+))/g;

/** `name value`, in files of Redis and the like. */
const DIRECTIVE = /^[ \t]*(requirepass|masterauth|password|secret|token)[ \t]+["']?([^\s"'=:]+)["']?[ \t]*$/gm;

/** `<name>value</name>`. */
const ELEMENT = /<([A-Za-z][\w.-]*)>([^<\n]+)<\/\1>/g;

/** The credentials that stand in a service's variables, arguments, files, labels and health check; each place once for each kind. */
export function credentialsOf(service: ServiceModel): Credential[] {
  const { env, args, entrypoint = [], files, labels, health } = service;
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return [
    ...Object.entries(env).flatMap(([name, value]) => ofEntry(name, text(value), `variable ${name}`)),
    ...ofCommand([...entrypoint, ...(args ?? [])].map(text), "arguments"),
    ...Object.entries(files).flatMap(([path, value]) => ofFile(text(value), `file ${path}`)),
    ...Object.entries(labels).flatMap(([name, value]) => ofEntry(name, value, `label ${name}`)),
    ...(health?.kind === "command" ? ofCommand(health.command, "health check") : []),
  ];
}

/** The same for the tags of a cluster or a fleet, which whoever may list resources can read. */
export const credentialsOfTags = ({ tags }: Pick<Model, "tags">): Credential[] =>
  Object.entries(tags).flatMap(([name, value]) => ofEntry(name, value, `tag ${name}`));

/** A value that has a name. */
function ofEntry(name: string, value: string, place: string): Credential[] {
  const found = ofText(value, place);
  if (found.length > 0) return found;
  return ofNames([[name, value]], place).concat(value.includes("=") ? ofNames(pairs(value, SETTING), place) : []);
}

function ofCommand(words: readonly string[], place: string): Credential[] {
  const line = words.map((word) => (/\s/.test(word) && !word.includes('"') ? `"${word}"` : word)).join(" ");
  const inner = words.join(" ");
  const logins = [...inner.matchAll(USER_OPTION)].filter(([, , word = ""]) => isSecretValue("password", word));
  return once([
    ...ofText(inner, place),
    ...logins.map(() => ({ what: "a password", certain: false, place })),
    ...ofNames([...pairs(line, OPTION), ...pairs(inner, OPTION), ...pairs(inner, SETTING)], place),
  ]);
}

const ofFile = (text: string, place: string): Credential[] =>
  once([
    ...ofText(text, place),
    ...ofNames([...pairs(text, SETTING), ...pairs(text, DIRECTIVE), ...pairs(text, ELEMENT)], place),
  ]);

/** No address with a password is shorter, and no token. */
const SHORTEST = 8;

/** What shapes give away, without a name. */
function ofText(text: string, place: string): Credential[] {
  if (text.length < SHORTEST) return [];
  const found: Credential[] = TOKENS.filter(({ shape }) => shape.test(text)).map(({ what }) => ({
    what,
    certain: true,
    place,
  }));
  const passwords = [...text.matchAll(IN_ADDRESS)].map(([, url, dsn]) => url ?? dsn ?? "");
  if (passwords.some((word) => isSecretValue("password", word)))
    found.push({ what: "a password in an address", certain: false, place });
  return found;
}

const NOUNS = { password: "a password", key: "a key or token" } as const;

function ofNames(entries: readonly (readonly [string, string])[], place: string): Credential[] {
  return once(
    entries.flatMap(([name, value]): Credential[] => {
      const kind = namedSecret(name);
      return kind !== undefined && isSecretValue(kind, value) ? [{ what: NOUNS[kind], certain: false, place }] : [];
    }),
  );
}

const pairs = (text: string, shape: RegExp): [string, string][] =>
  [...text.matchAll(shape)].map(([, name = "", ...values]) => [
    name,
    values.find((value) => value !== undefined) ?? "",
  ]);

const once = (all: readonly Credential[]): Credential[] =>
  all.filter(({ what }, index) => all.findIndex((other) => other.what === what) === index);

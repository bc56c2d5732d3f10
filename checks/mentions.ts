import type { ServiceModel } from "../model/schema.js";

/** A place where a service names a host. */
export interface Mention {
  readonly host: string;
  /** The port that stands with it, where one does. */
  readonly port?: number;
  /** As in `variable DATABASE_URL`. */
  readonly place: string;
}

const HOST = "([a-z][a-z0-9-]*)(?![\\w.-])";

/** What surely is a host, by what is around it: a URL, credentials before it, an option or a key for a host, Swarm's prefix. */
const ALONE = [
  new RegExp(`://(?:[^\\s/@"']*@)?${HOST}`, "g"),
  new RegExp(`(?<=\\w)@${HOST}(?=/)`, "g"),
  new RegExp(
    `(?:^|[\\s"'{,;&?(_.-])(?:host(?:name|s)?|server|addr(?:ess)?|endpoint|brokers?)["']?\\s*[=:]\\s*["']?${HOST}(?!://)`,
    "gi",
  ),
  new RegExp(`(?:^|\\s)(?:-h|--[\\w-]*(?:host|hostname|server|addr|address|endpoint|upstream))\\s+${HOST}`, "g"),
  new RegExp(`(?<![\\w.-])tasks\\.${HOST}`, "g"),
];

/** A name with a port: an image's tag and a path look alike, so that the port has to be one of the service's. */
const WITH_PORT = /(?<![\w.-]|\w\/)([a-z][a-z0-9-]*):(\d{1,5})(?![\w.])/g;

/** Variables whose whole value is a host. */
const HOST_VARIABLE =
  /(^|_)(HOST|HOSTNAME|HOSTS|ADDR|ADDRESS|SERVERS?|ENDPOINT|URL|URI|NODES?|BROKERS?|UPSTREAM|BACKEND|PEERS?)$/i;

/** Variables that name hosts which nobody connects to: who may ask, and what goes past a proxy. */
const NO_TARGET = /ORIGIN|ALLOW|CORS|TRUSTED|NO_?PROXY|ADVERTISE/i;

/** Comments in files of most kinds, as whole lines or after a blank. */
const COMMENTS = /(^|\s)(#|;|\/\/).*$/gm;

/** The hosts that a service names in its variables, arguments, files and health check, one word long as services' names are. */
export function* mentionsOf({ env, args, entrypoint = [], files, health }: ServiceModel): Iterable<Mention> {
  for (const [name, value] of Object.entries(env)) {
    if (typeof value !== "string" || NO_TARGET.test(name)) continue;
    const place = `variable ${name}`;
    if (HOST_VARIABLE.test(name) && /^[a-z][a-z0-9-]*$/.test(value)) yield { host: value, place };
    yield* within(value, place);
  }
  const line = [...entrypoint, ...(args ?? [])].filter((text) => typeof text === "string").join(" ");
  yield* within(line, "arguments");
  for (const [path, text] of Object.entries(files))
    if (typeof text === "string") yield* within(text.replaceAll(COMMENTS, "$1"), `file ${path}`);
  if (health?.kind === "command") yield* within(health.command.join(" "), "health check");
}

function* within(text: string, place: string): Iterable<Mention> {
  for (const shape of ALONE) for (const [, host = ""] of text.matchAll(shape)) yield { host, place };
  for (const [, host = "", port] of text.matchAll(WITH_PORT)) yield { host, port: Number(port), place };
}

import { CONTAINER } from "./container-shape.js";
import type { FileOptions } from "./file.js";
import type { Health } from "./health.js";
import type { Rollout } from "./rollout.js";
import type { PortOptions, ServiceProps, UseOptions } from "./service.js";
import {
  choice,
  content,
  either,
  element,
  flag,
  list,
  map,
  number,
  options,
  late,
  text,
  value,
  word,
  type Shape,
} from "./shape.js";

const memory = text(`memory, as in "128MiB"`, (value) => `write its unit, as in "${String(value)}MiB"`);
const duration = text(`a time, as in "30s"`, (value) => `write its unit, as in "${String(value)}s"`);

const probe = { every: duration, timeout: duration, retries: number(), grace: duration };
type Kind<K extends Health["kind"]> = Extract<Health, { readonly kind: K }>;
const checks: Readonly<Record<string, Shape>> = {
  http: options<Kind<"http">>("http()", { "kind!": text(), "path!": text(), port: number(), ...probe }),
  tcp: options<Kind<"tcp">>("tcp()", { "kind!": text(), port: number(), ...probe }),
  command: options<Kind<"command">>("command()", { "kind!": text(), "command!": list(word), ...probe }),
};

/** A health check: of which kind it is decides what else it has. */
const health: Shape = (given, prop, border) => {
  const kind: unknown = typeof given === "object" && given !== null ? Reflect.get(given, "kind") : undefined;
  const shape = typeof kind === "string" && Object.hasOwn(checks, kind) ? checks[kind] : undefined;
  if (shape !== undefined) return shape(given, prop, border);
  border.refuseType(prop, given, "what http(), tcp() or command() gives");
  return undefined;
};

const port = either(
  (given) => typeof given === "object",
  options<PortOptions>("a port", { "port!": number("a port"), hostPort: number("a port") }),
  number("a port"),
);

const bytes: Shape = (given, prop, border) => {
  if (given instanceof Uint8Array) return given;
  return late(content)(given, prop, border);
};
const file = either(
  (given) => typeof given === "object" && given !== null && !(given instanceof Uint8Array),
  options<FileOptions>("a file", { "content!": bytes, mode: number(), uid: number(), gid: number() }),
  late(content),
);
/** Variables, arguments and files, as they are handed over. */
const [ENV, ARGS, FILES] = [map(late(word)), list(late(word)), map(file)];

/** What the options of a service may hold. */
export const SERVICE = options<ServiceProps>("a service", {
  "on!": either(Array.isArray, list(element("fleet")), element("fleet")),
  "image!": value(`an image, as in "ghcr.io/acme/cart:1.8.2"`),
  replicas: number(),
  everywhere: flag,
  port: number("a port"),
  ports: map(port),
  hostPort: number("a port"),
  cpu: number("a number of CPUs"),
  memory,
  cpuLimit: number("a number of CPUs"),
  memoryLimit: memory,
  pids: number(),
  shm: memory,
  maxPerVm: number(),
  platforms: list(choice("linux/amd64", "linux/arm64")),
  env: ENV,
  args: ARGS,
  user: text(),
  openFiles: number(),
  sysctl: map(either((given) => typeof given === "number", number(), text("a text or a number"))),
  health,
  rollout: options<Partial<Rollout>>("rolling()", {
    kind: choice("rolling"),
    parallel: number(),
    order: choice("start-first", "stop-first"),
    pause: duration,
    onFailure: choice("rollback", "pause"),
  }),
  stopGrace: duration,
  secrets: map(element("secret")),
  volumes: map(element("volume")),
  files: FILES,
  readOnly: flag,
  capabilities: list(text()),
  labels: map(text()),
  ...CONTAINER,
});

/** What the options of an edge may hold. */
export const USE = options<UseOptions>("uses()", { as: text("the name of a variable"), port: number("a port") });

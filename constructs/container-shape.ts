import type { ContainerProps, RestartOptions, UlimitRange } from "./container.js";
import { choice, either, flag, list, map, number, options, text, word, type Fields } from "./shape.js";

const memory = text(`memory, as in "64MiB"`, (value) => `write its unit, as in "${String(value)}MiB"`);
const duration = text(`a time, as in "30s"`, (value) => `write its unit, as in "${String(value)}s"`);

const ulimit = either(
  (given) => typeof given === "object",
  options<UlimitRange>("a limit", { "soft!": number(), "hard!": number() }),
  number("a number, or { soft, hard }"),
);

/** What the options of a container may hold that few need. */
export const CONTAINER: Fields<ContainerProps> = {
  entrypoint: list(word),
  workingDir: text("a path"),
  hostname: text("a host name"),
  init: flag,
  tty: flag,
  stopSignal: text("a signal"),
  tmpfs: map(memory, "a map of paths to sizes"),
  ulimits: map(ulimit),
  addCapabilities: list(text()),
  dropCapabilities: list(text()),
  extraHosts: map(text("an address")),
  dns: list(text("an address")),
  discovery: choice("vip", "dns"),
  restart: options<RestartOptions>("restart", {
    condition: choice("any", "on-failure"),
    delay: duration,
    maxAttempts: number(),
    window: duration,
  }),
};

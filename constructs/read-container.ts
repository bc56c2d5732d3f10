import { ENGINE_LIMITS } from "../model/limits/engine.js";
import { LINUX_LIMITS, SIGNALS, ULIMITS } from "../model/limits/linux.js";
import { sortedRecord } from "../model/order.js";
import type { ServiceModel } from "../model/schema.js";
import type { RestartOptions, UlimitRange } from "./container.js";
import type { SettledProps } from "./late-values.js";
import { didYouMean } from "./nearest.js";
import { checkParts, PATH } from "./mount-path.js";
import type { Border } from "./props-validator.js";
import type { Service, ServiceProps } from "./service.js";
import { entryOf, showValue } from "./show.js";
import { toValue } from "./value.js";

const ADDRESS = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/;
const HOST_NAME = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/;

type ContainerModel = Pick<
  ServiceModel,
  | "entrypoint"
  | "workingDir"
  | "hostname"
  | "init"
  | "tty"
  | "stopSignal"
  | "ulimits"
  | "extraHosts"
  | "dns"
  | "discovery"
  | "restart"
>;

/** Takes what few containers need over the border; what the program says nothing of is left out. */
export function readContainer(service: Service, props: SettledProps, border: Border): ContainerModel {
  const { entrypoint, workingDir, hostname, stopSignal, ulimits = {}, extraHosts = {}, dns = [], restart } = props;
  return {
    ...(entrypoint !== undefined && readEntrypoint(service, entrypoint, border)),
    ...(workingDir !== undefined && { workingDir: readDirectory(workingDir, border) }),
    ...(hostname !== undefined && { hostname: readHostname(hostname, border) }),
    ...(props.init === true && { init: true }),
    ...(props.tty === true && { tty: true }),
    ...(stopSignal !== undefined && { stopSignal: readSignal(stopSignal, border) }),
    ...(Object.keys(ulimits).length > 0 && { ulimits: readUlimits(ulimits, border) }),
    ...(Object.keys(extraHosts).length > 0 && { extraHosts: readHosts(extraHosts, border) }),
    ...(dns.length > 0 && { dns: readServers(dns, border) }),
    ...(props.discovery === "dns" && { discovery: "dns" }),
    ...(restart !== undefined && { restart: readRestart(restart, border) }),
  };
}

function readEntrypoint(
  service: Service,
  words: readonly string[],
  border: Border,
): Pick<ServiceModel, "entrypoint"> | undefined {
  if (words.length > 0 && words[0] !== "") return { entrypoint: words.map((text) => toValue(service, text)) };
  border.refuse(
    "LF018",
    `'entrypoint' (${showValue(words)}) must begin with a program`,
    "leave it out to have the image's own, and give arguments alone by 'args'",
  );
  return undefined;
}

function readDirectory(path: string, border: Border): string {
  if (path === "/") return path;
  if (PATH.test(path)) checkParts("workingDir", path, border);
  else border.text("workingDir", path, PATH, `an absolute path, as in "/app"`);
  return path;
}

function readHostname(name: string, border: Border): string {
  if (border.limit("hostname", LINUX_LIMITS.hostName, name.length))
    border.text("hostname", name, HOST_NAME, `a host name, as in "kafka"`);
  return name;
}

/** With or without its first three letters, as Docker takes it. */
function readSignal(given: string, border: Border): string {
  const upper = given.toUpperCase();
  const name = upper.startsWith("SIG") ? upper : `SIG${upper}`;
  if (!SIGNALS.includes(name))
    border.refuse(
      "LF018",
      `'stopSignal' (${showValue(given)}) must be a signal, as in "SIGQUIT"`,
      didYouMean(name, SIGNALS) ?? "signal(7) lists them",
    );
  return name;
}

function readUlimits(ulimits: NonNullable<ServiceProps["ulimits"]>, border: Border): Record<string, UlimitRange> {
  const read = Object.entries(ulimits).map(([name, given]): readonly [string, UlimitRange] => {
    const at = entryOf("ulimits", name);
    if (name === "nofile")
      border.refuse("LF018", `'${at}' has an option of its own`, `write 'openFiles', as in openFiles: 65_536`);
    else if (!ULIMITS.includes(name))
      border.refuse(
        "LF018",
        `'ulimits' has the key ${showValue(name)}, which must be a limit of processes, as in "memlock"`,
        didYouMean(name, ULIMITS) ?? `they are ${ULIMITS.filter((one) => one !== "nofile").join(", ")}`,
      );
    const { soft, hard } = typeof given === "number" ? { soft: given, hard: given } : given;
    const range = {
      soft: border.count(typeof given === "number" ? at : `${at}.soft`, soft, ENGINE_LIMITS.ulimit),
      hard: typeof given === "number" ? Math.max(hard, -1) : border.count(`${at}.hard`, hard, ENGINE_LIMITS.ulimit),
    };
    if (range.hard !== -1 && (range.soft === -1 || range.soft > range.hard))
      border.refuse("LF015", `'${at}.soft' (${soft}) must be <= 'hard' (${hard})`, "-1 is no limit");
    return [name, range];
  });
  return sortedRecord(Object.fromEntries(read));
}

function readHosts(hosts: Readonly<Record<string, string>>, border: Border): Record<string, string> {
  border.keys("extraHosts", hosts, HOST_NAME, `a host name, as in "ldap.example.com"`);
  for (const [name, address] of Object.entries(hosts))
    border.text(entryOf("extraHosts", name), address, ADDRESS, `an IPv4 address, as in "10.1.2.3"`);
  return sortedRecord(hosts);
}

function readServers(servers: readonly string[], border: Border): string[] {
  border.limit("dns", ENGINE_LIMITS.dnsServers, servers.length);
  servers.forEach((server, index) => {
    border.text(`dns[${index}]`, server, ADDRESS, `an IPv4 address, as in "10.1.2.3"`);
  });
  return [...servers];
}

const readRestart = (
  { condition, delay, maxAttempts, window }: RestartOptions,
  border: Border,
): NonNullable<ServiceModel["restart"]> => ({
  condition: condition ?? "any",
  delayMs: border.durationMs("restart.delay", delay ?? "5s", ENGINE_LIMITS.duration),
  maxAttempts:
    maxAttempts === undefined ? null : border.count("restart.maxAttempts", maxAttempts, ENGINE_LIMITS.restartAttempts),
  windowMs: window === undefined ? null : border.durationMs("restart.window", window, ENGINE_LIMITS.duration),
});

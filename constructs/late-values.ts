import { holdsPiece, replaceAddresses, type Address } from "./address.js";
import { sameCluster } from "./element.js";
import { endpointOf } from "./external.js";
import type { FileOptions } from "./file.js";
import type { Border } from "./props-validator.js";
import { readPeerKind, readPeerPort, type RefuseAt } from "./read-edges.js";
import type { DeclaredEdge, Service, ServiceProps } from "./service.js";
import { content, word, type Shape } from "./shape.js";
import { entryOf } from "./show.js";
import { TOKEN_MARK } from "./tokens.js";

/** The options of a service whose texts are all known. */
export type SettledProps = Omit<Partial<ServiceProps>, "env" | "args" | "entrypoint" | "files"> & {
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  readonly entrypoint?: readonly string[];
  readonly files?: Readonly<Record<string, string | SettledFile>>;
};

/** A file with what is more than a text, whose content is known. */
export type SettledFile = Omit<FileOptions, "content"> & { readonly content: string | Uint8Array };

/** The texts of a service as they are when all is declared, and the edges that the addresses in them are. */
export function settle(
  service: Service,
  props: Partial<ServiceProps>,
  border: Border,
  refuseAt: RefuseAt,
): { readonly props: SettledProps; readonly edges: readonly DeclaredEdge[] } {
  const edges: DeclaredEdge[] = [];
  const put = (text: string): string =>
    replaceAddresses(text, (address) => {
      const { text: known, edge } = resolve(service, address, border, refuseAt);
      if (edge !== undefined) edges.push(edge);
      return known;
    });
  const one = (shape: Shape, given: string | (() => string), prop: string): string => {
    // What the program put into an object after it was handed over was not looked at then.
    if (typeof given === "string" && !holdsPiece(given)) return put(given);
    const made: unknown = typeof given === "string" ? given : given();
    if (made === undefined) border.refuseUndefined(prop);
    const read = made === undefined ? undefined : shape(made, prop, border);
    return typeof read === "string" ? put(read) : "";
  };
  const all = (shape: Shape, prop: string, record: Readonly<Record<string, string | (() => string)>>) =>
    Object.fromEntries(Object.entries(record).map(([key, text]) => [key, one(shape, text, entryOf(prop, key))]));
  const words = (prop: string, list: readonly (string | (() => string))[]): string[] =>
    list.map((text, index) => one(word, text, `${prop}[${index}]`));
  const file = (given: NonNullable<ServiceProps["files"]>[string], prop: string): string | SettledFile => {
    if (typeof given !== "object") return one(content, given, prop);
    const { content: bytes, ...more } = given;
    return { ...more, content: bytes instanceof Uint8Array ? bytes : one(content, bytes, `${prop}.content`) };
  };
  const { env, args, entrypoint, files, health, ...rest } = props;
  return {
    props: {
      ...rest,
      ...(env && { env: all(word, "env", env) }),
      ...(args && { args: words("args", args) }),
      ...(entrypoint && { entrypoint: words("entrypoint", entrypoint) }),
      ...(files && {
        files: Object.fromEntries(
          Object.entries(files).map(([path, given]) => [path, file(given, entryOf("files", path))]),
        ),
      }),
      ...(health && { health: settleHealth(health, put, border) }),
    },
    edges,
  };
}

type Health = NonNullable<ServiceProps["health"]>;

function settleHealth(health: Health, put: (text: string) => string, border: Border): Health {
  if (health.kind !== "command") return health;
  const words = health.command.map((text, index) => {
    const known = put(text);
    if (known.includes(TOKEN_MARK)) border.refuseToken(`health.command[${index}]`);
    return known;
  });
  return { ...health, command: words };
}

interface Resolved {
  readonly text: string;
  readonly edge?: DeclaredEdge;
}

/** What an address comes to in a service, and the edge that it is; a service's own is none. */
function resolve(
  service: Service,
  { of, part, port: said, at }: Address,
  border: Border,
  refuseAt: RefuseAt,
): Resolved {
  if ("kind" in of) {
    const { host, port } = endpointOf(of) ?? {};
    if (readPeerKind(of, border.of(at)) === undefined) return { text: "" };
    const text = { address: `${host}:${port}`, host: String(host), port: String(port) }[part];
    return { text, edge: { to: of, options: {}, at } };
  }
  if (!sameCluster(of, service)) {
    refuseAt(at, "LF017", `the service uses '${of.node.path}' of another cluster`, "use external(host, port) for it");
    return { text: "" };
  }
  if (part === "host" && said === undefined)
    return { text: of.name, ...(of !== service && { edge: { to: of, options: {}, at } }) };
  const refuse: Border["refuse"] = (...problem) => {
    refuseAt(at, ...problem);
  };
  const port = typeof said === "string" ? of.portNamed(said, refuse) : readPeerPort(of, said, refuse);
  if (port === undefined) return { text: "" };
  const text = { address: `${of.name}:${port}`, host: of.name, port: String(port) }[part];
  return { text, ...(of !== service && { edge: { to: of, options: { port }, at } }) };
}

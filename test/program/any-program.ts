import fc from "fast-check";
import {
  aws,
  Cluster,
  external,
  Fleet,
  Gateway,
  Secret,
  secretsManager,
  Service,
  ssm,
  Volume,
  type App,
  type ServiceProps,
} from "lightfleet";
import { anyProp, runnableProp, type PlainProps, type Prop } from "./any-service.js";
import { hostileText } from "./texts.js";

/** A service of a program, as plain data. */
export interface AnyService {
  readonly id: string;
  /** Whether its task is to start: it is on the fleet "core" then, of which the test's node is one. */
  readonly runs: boolean;
  readonly props: PlainProps;
}

/** A program as plain data, so that it can be told and declared again. */
export interface AnyProgram {
  readonly cluster: string;
  /** Fleets beside "core", without a VM here. */
  readonly fleets: readonly string[];
  readonly secrets: readonly {
    readonly id: string;
    readonly source: "ssm" | "secretsmanager";
    readonly name: string;
    readonly value: string;
  }[];
  readonly volumes: readonly { readonly id: string; readonly shared: boolean }[];
  readonly services: readonly AnyService[];
  /** Edges from a service to the one after it, by the first's place. */
  readonly edges: readonly { readonly from: number; readonly as: string; readonly host?: string }[];
  readonly gateway: string | undefined;
}

/** Ids of each length that the language takes; most are short, since lengths add up. */
const id = fc
  .oneof(
    { weight: 6, arbitrary: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}[a-z0-9]$/) },
    { weight: 1, arbitrary: fc.stringMatching(/^[a-z]$/) },
    {
      weight: 2,
      arbitrary: fc
        .integer({ min: 20, max: 40 })
        .chain((length) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{${length - 2}}[a-z0-9]$`))),
    },
  )
  .filter((name) => !["core", "swarm", "cluster", "control"].includes(name));

/** Some of the props, each with a value. */
const someProps = <P extends Prop>(
  arbitraries: { readonly [K in P]: fc.Arbitrary<unknown> },
  max: number,
): fc.Arbitrary<PlainProps> =>
  fc
    .uniqueArray(fc.constantFrom(...(Object.keys(arbitraries) as P[])), { minLength: 2, maxLength: max })
    .chain((names) => fc.tuple(...names.map((name) => arbitraries[name].map((value) => [name, value] as const))))
    .map((entries) => Object.fromEntries(entries) as unknown as PlainProps);

/** @param image of the services that run */
export const anyProgram = (image: string): fc.Arbitrary<AnyProgram> =>
  fc
    .tuple(
      id,
      fc.uniqueArray(id, { minLength: 13, maxLength: 13 }),
      fc.tuple(someProps(runnableProp, 9), someProps(anyProp, 6), someProps(anyProp, 6)),
      fc.array(hostileText, { minLength: 3, maxLength: 3 }),
      fc.array(
        fc.tuple(
          fc.nat(2),
          fc.stringMatching(/^[A-Z_]{1,8}$/),
          fc.option(fc.constantFrom("db.example.com", "10.0.0.1", "a_b.c", "::1", "é.com"), { nil: undefined }),
        ),
        { maxLength: 3 },
      ),
      fc.array(fc.constantFrom("ssm" as const, "secretsmanager" as const), { minLength: 3, maxLength: 3 }),
      fc.boolean(),
    )
    .map(([cluster, names, [runs, ...rests], values, edges, sources, routed]) => {
      const [one = "", two = "", three = "", ...others] = names;
      const secrets = sources.map((source, index) => ({
        id: others[index]!,
        source,
        name: `/${cluster}/${others[index]!}`,
        // Where secrets are kept, half a surrogate pair cannot be written, nor can nothing.
        value: Buffer.from(values[index]!).toString("utf8") || "x",
      }));
      return {
        cluster,
        fleets: [others[3]!, others[4]!],
        secrets,
        volumes: [5, 6, 7, 8].map((place) => ({ id: others[place]!, shared: place === 8 })),
        services: [
          { id: one, runs: true, props: { ...runs, image } },
          ...rests.map((props, index) => ({
            id: [two, three][index]!,
            runs: false,
            props,
          })),
        ],
        edges: edges.map(([from, as, host]) => ({ from, as, ...(host !== undefined && { host }) })),
        gateway: routed ? others[9] : undefined,
      };
    });

/** Declares a program; the same as a user would write it. */
export function declareProgram(app: App, program: AnyProgram): void {
  const cluster = new Cluster(app, program.cluster, { platform: aws({ region: "eu-west-1", zones: 2 }) });
  const fleetOf = (name: string): Fleet => new Fleet(cluster, name, { machine: "m7g.large", size: 3 });
  const core = fleetOf("core");
  const others = program.fleets.map(fleetOf);
  const secrets = program.secrets.map(
    ({ id: name, source, name: at }) =>
      new Secret(cluster, name, { source: source === "ssm" ? ssm(at) : secretsManager(at) }),
  );
  const volumes = program.volumes.map(({ id: name, shared }) => new Volume(cluster, name, { shared }));
  const services = program.services.map(({ id: name, runs, props: { secrets: files, volumes: mounts, ...props } }) => {
    const full: ServiceProps = {
      image: "nginx:1.29",
      ...props,
      on: runs ? core : others,
      ...(files && { secrets: mapped(files, secrets) }),
      ...(mounts && { volumes: mapped(mounts, volumes) }),
    };
    return new Service(cluster, name, full);
  });
  for (const { from, as, host } of program.edges) {
    const to = services[(from + 1) % services.length]!;
    if (host !== undefined) services[from]!.uses(external(host, 5432), { as });
    else if (to.ports[0] !== undefined) services[from]!.uses(to, { as, port: to.ports[0] });
  }
  const target = services.find(({ ports }) => ports.length > 0);
  if (program.gateway !== undefined && target !== undefined)
    new Gateway(cluster, program.gateway, { routes: { "/": { service: target, port: target.ports[0]! } } });
}

const mapped = <T>(places: Readonly<Record<string, number>>, list: readonly T[]): Record<string, T> =>
  Object.fromEntries(Object.entries(places).map(([key, place]) => [key, list[place]!]));

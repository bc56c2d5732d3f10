import fc from "fast-check";
import {
  aws,
  Cluster,
  Fleet,
  Gateway,
  http,
  Secret,
  secretsManager,
  Service,
  ssm,
  Volume,
  type App,
  type SizeRange,
} from "lightfleet";

/** An id at its edges: one letter, forty characters, hyphens in a row. */
const id = fc
  .oneof(
    fc.stringMatching(/^[a-z]$/),
    fc.stringMatching(/^[a-z][a-z0-9]{1,7}$/),
    fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/),
    fc.stringMatching(/^[a-z][a-z0-9-]{36,38}[a-z0-9]$/),
    fc.constantFrom("internal", "sg-core", "a--b", "x".repeat(40)),
  )
  .filter((name) => !["swarm", "cluster", "control"].includes(name));

/** Tags as AWS takes them. The emulator gives load balancers ten, three of which are Lightfleet's or spare. */
const tags = (most: number) =>
  fc.dictionary(
    fc.stringMatching(/^T[A-Za-zäß0-9 _.:/=+@-]{0,20}[a-z]$/),
    fc.stringMatching(/^([A-Za-z0-9é_.:/=+@-]{0,40}|x{256})$/),
    { maxKeys: most },
  );

const size = fc.oneof(
  fc.integer({ min: 1, max: 4 }),
  fc
    .tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 3 }), fc.boolean())
    .map(([min, more, keepDesired]): SizeRange => ({ min, max: Math.max(1, min + more), keepDesired })),
);

const fleet = fc.record({
  machine: fc.constantFrom("t4g.small", "m7g.large", "m7i.large"),
  size,
  spot: fc.constantFrom(0, 0.5, 1),
  disk: fc.constantFrom("8GiB", "20GiB", "65536GiB"),
  dataDisk: fc.option(fc.constantFrom("8GiB", "16384GiB"), { nil: undefined }),
  tags: tags(2),
});
const segment = fc.stringMatching(/^[A-Za-z0-9_.~$'@:+&-]{1,20}$/);
const path = fc.oneof(
  fc.constant("/"),
  fc.array(segment, { minLength: 1, maxLength: 4 }).map((some) => `/${some.join("/")}`),
  fc.constant(`/${"a".repeat(125)}`),
);
const gateway = fc.record({
  internal: fc.boolean(),
  hosts: fc.uniqueArray(fc.constantFrom("shop.example.com", "*.example.io", `${"a".repeat(63)}.example.com`), {
    maxLength: 3,
  }),
  paths: fc.uniqueArray(path, { minLength: 1, maxLength: 4, selector: (one) => one.toLowerCase() }),
});
const secret = fc.oneof(
  fc.stringMatching(/^(\/[A-Za-z0-9_.-]{1,20}){1,5}$/).map((name) => ssm(`/own${name}`)),
  fc.stringMatching(/^[A-Za-z0-9/_+=.@-]{1,64}$/).map(secretsManager),
);

/** What a program is made of. */
export const anyProgram = fc.record({
  names: fc.uniqueArray(id, { minLength: 10, maxLength: 10 }),
  zones: fc.integer({ min: 2, max: 3 }),
  nat: fc.constantFrom("one" as const, "per-zone" as const),
  cidr: fc.constantFrom("10.0.0.0/16", "172.31.0.0/20", "192.168.4.0/22", "100.64.0.0/16", "11.0.0.0/18"),
  control: fc.constantFrom(1 as const, 3 as const),
  tags: tags(5),
  fleets: fc.array(fleet, { minLength: 1, maxLength: 2 }),
  services: fc.array(
    fc.record({
      port: fc.integer({ min: 1, max: 65_535 }),
      health: fc.constantFrom("/", "/a?b=c", `/${"h".repeat(200)}`),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  gateways: fc.array(gateway, { maxLength: 2 }),
  secrets: fc.array(secret, { maxLength: 3 }),
  shared: fc.boolean(),
});
export type AnyProgram = typeof anyProgram extends fc.Arbitrary<infer Drawn> ? Drawn : never;

/** Declares a drawn program. Gives the name of its cluster. */
export function declareProgram(app: App, drawn: AnyProgram): string {
  const [name = "", ...names] = drawn.names;
  const next = (): string => names.shift() ?? "";
  const { zones, nat, cidr } = drawn;
  const cluster = new Cluster(app, name, {
    platform: aws({ region: "eu-west-1", zones, nat, cidr }),
    control: { size: drawn.control },
    tags: drawn.tags,
  });
  const fleets = drawn.fleets.map(({ dataDisk, ...props }) => {
    return new Fleet(cluster, next(), { ...props, ...(dataDisk !== undefined && { dataDisk }) } as never);
  });
  const secrets = drawn.secrets.map(
    (source, index) => [`s${index}`, new Secret(cluster, `secret-${index}`, { source })] as const,
  );
  const volume = new Volume(cluster, "files-of-it", { shared: drawn.shared });
  const services = drawn.services.map(
    ({ port, health }) =>
      new Service(cluster, next(), {
        on: fleets,
        image: "image:1",
        port,
        health: http(health),
        secrets: Object.fromEntries(secrets),
        volumes: { "/data": volume },
      }),
  );
  for (const { paths, ...props } of drawn.gateways)
    new Gateway(cluster, next(), {
      ...props,
      routes: Object.fromEntries(paths.map((one, index) => [one, services[index % services.length]!])),
    });
  return name;
}

import { TerraformResource } from "cdktf";
import { describe, expect, test } from "vitest";
import {
  App,
  aws,
  Cluster,
  command,
  external,
  Fleet,
  Gateway,
  http,
  rolling,
  s3,
  Secret,
  secretsManager,
  Service,
  ssm,
  tcp,
  type ClusterProps,
  type FleetProps,
  type GatewayProps,
  type S3StateOptions,
  type SecretSource,
  type ServiceProps,
} from "lightfleet";
import { small, type Small } from "../program/small.js";
import { errorOf, findingsOf, synthesize, withOutput } from "../program/synthesize.js";

/** The codes of what is wrong with a small program that is changed. */
const codes = (declare: (parts: Small, app: App) => void): string[] =>
  findingsOf((app) => {
    declare(small(app, { gateway: false }), app);
  }).map(({ code }) => code);

const ofService = (props: Partial<ServiceProps>): string[] =>
  codes(({ cluster, fleet }) => void new Service(cluster, "api", { on: fleet, image: "api:1", ...props }));
const ofFleet = (props: Partial<FleetProps>): string[] =>
  codes(({ cluster }) => void new Fleet(cluster, "more", { machine: "t4g.small", size: 1, ...props }));
const ofGateway = (props: Partial<GatewayProps>): string[] =>
  codes(({ cluster, service }) => void new Gateway(cluster, "public", { routes: { "/": service }, ...props }));
const ofCluster = (props: Partial<ClusterProps>): string[] =>
  codes((_, app) => void new Cluster(app, "other", { platform: aws({ region: "eu-west-1" }), ...props }));

describe("a service is refused, once for each mistake, for", () => {
  test.each<[string, Partial<ServiceProps>, string]>([
    ["no image", { image: "" }, "LF018"],
    ["an image with a blank", { image: "api:1 " }, "LF018"],
    ["a negative number of tasks", { replicas: -1 }, "LF004"],
    ["half a task", { replicas: 0.5 }, "LF004"],
    ["CPUs in no thousandths", { cpu: 0.0001 }, "LF004"],
    ["negative CPUs", { cpu: -1 }, "LF004"],
    ["a CPU limit of nothing", { cpu: 1, cpuLimit: 0 }, "LF004"],
    ["CPUs that are no number", { cpuLimit: NaN }, "LF004"],
    ["a CPU limit below the reservation", { cpu: 1, cpuLimit: 0.5 }, "LF016"],
    ["a memory limit in no unit", { memory: "1GiB", memoryLimit: "2GB" as "2GiB" }, "LF003"],
    ["a port beyond all", { port: 65_536 }, "LF004"],
    ["a host port of nothing", { port: 80, hostPort: 0 }, "LF004"],
    ["a host port without a port", { hostPort: 80 }, "LF015"],
    ["a host port of the managers", { port: 80, hostPort: 2377 }, "LF029"],
    ["a host port of the nodes' gossip", { ports: { a: { port: 80, hostPort: 7946 } } }, "LF029"],
    ["a Map of variables", { env: new Map([["A", "b"]]) as never }, "LF026"],
    ["one port by two names", { ports: { a: 80, b: 80 } }, "LF015"],
    ["one host port for two", { ports: { a: { port: 80, hostPort: 1 }, b: { port: 81, hostPort: 1 } } }, "LF015"],
    ["port and ports", { port: 80, ports: { a: 81 } }, "LF015"],
    ["too few open files", { openFiles: 10 }, "LF004"],
    ["a kernel parameter of the host's", { sysctl: { "vm.swappiness": 1 } }, "LF018"],
    ["a label with a blank", { labels: { "a b": "c" } }, "LF018"],
    ["a user that is none", { user: "a b" }, "LF018"],
    ["a capability that is none", { capabilities: ["net bind"] }, "LF018"],
    ["a health check of a port that it has not", { health: tcp() }, "LF009"],
    ["a health check of any of two ports", { ports: { a: 80, b: 81 }, health: tcp() }, "LF010"],
    ["a health check of a port beyond all", { health: tcp({ port: 0 }) }, "LF004"],
    ["a health check with no path", { port: 80, health: http("healthz") }, "LF018"],
    ["a health check by no words", { health: command([]) }, "LF018"],
    ["a health check all the time", { port: 80, health: tcp({ every: "0s" }) }, "LF004"],
    ["a health check in no unit", { port: 80, health: tcp({ every: "5 seconds" as "5s" }) }, "LF003"],
    ["a health check that never fails", { port: 80, health: tcp({ retries: 0 }) }, "LF004"],
    ["an entrypoint of no words", { entrypoint: [] }, "LF018"],
    ["an entrypoint without a program", { entrypoint: ["", "x"] }, "LF018"],
    ["a working directory below none", { workingDir: "app" }, "LF018"],
    ["a working directory that leads up", { workingDir: "/app/.." }, "LF018"],
    ["a host name with a template", { hostname: "kafka-{{.Task.Slot}}" }, "LF018"],
    ["a host name that the kernel does not keep", { hostname: "x".repeat(65) }, "LF028"],
    ["a signal that is none", { stopSignal: "SIGNONE" }, "LF018"],
    ["memory at no path", { tmpfs: { tmp: "1MiB" } }, "LF018"],
    ["memory of no whole MiB", { tmpfs: { "/tmp": "0.5MiB" } }, "LF003"],
    ["memory in the kernel's own folder", { tmpfs: { "/proc/x": "1MiB" } }, "LF018"],
    ["memory where shared memory is", { tmpfs: { "/dev/shm": "1MiB" } }, "LF015"],
    ["memory where a file is", { tmpfs: { "/a": "1MiB" }, files: { "/a": "x" } }, "LF015"],
    ["memory below a file", { tmpfs: { "/a/b": "1MiB" }, files: { "/a": "x" } }, "LF015"],
    ["a file with no content", { files: { "/a": {} as never } }, "LF025"],
    ["a file of numbers", { files: { "/a": { content: [1] as never } } }, "LF026"],
    ["a file with a mode that Docker does not keep", { files: { "/a": { content: "x", mode: 0o4755 } } }, "LF004"],
    ["a file of nobody that is", { files: { "/a": { content: "x", uid: 2 ** 31 } } }, "LF004"],
    ["bytes beyond a config", { files: { "/a": { content: new Uint8Array(1_024_000).fill(255) } } }, "LF028"],
    ["a limit of processes that is none", { ulimits: { memory: 1 } }, "LF018"],
    ["open files among the limits of processes", { ulimits: { nofile: 4096 } }, "LF018"],
    ["a limit that is negative", { ulimits: { memlock: -2 } }, "LF004"],
    ["a limit above the one up to which it may rise", { ulimits: { core: { soft: 2, hard: 1 } } }, "LF015"],
    ["no limit above a limit", { ulimits: { core: { soft: -1, hard: 1 } } }, "LF015"],
    ["all capabilities and others", { capabilities: ["KILL"], addCapabilities: ["IPC_LOCK"] }, "LF015"],
    ["a capability that is added and dropped", { addCapabilities: ["KILL"], dropCapabilities: ["KILL"] }, "LF015"],
    ["all capabilities but one", { addCapabilities: ["ALL"], dropCapabilities: ["SYS_ADMIN"] }, "LF015"],
    ["a host at no address", { extraHosts: { ldap: "ldap.example.com" } }, "LF018"],
    ["a host with a colon", { extraHosts: { "a:b": "10.1.2.3" } }, "LF018"],
    ["a DNS server by name", { dns: ["ns.example.com"] }, "LF018"],
    ["DNS servers that nobody asks", { dns: ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"] }, "LF028"],
    ["a restart that never is", { restart: { condition: "none" as "any" } }, "LF018"],
    ["a restart of no attempt", { restart: { maxAttempts: 0 } }, "LF004"],
    ["a rollout of nothing at once", { rollout: rolling({ parallel: 0 }) }, "LF004"],
    ["a rollout with a pause in no unit", { rollout: rolling({ pause: "1d" as "1h" }) }, "LF003"],
  ])("%s", (_, props, code) => {
    expect(ofService(props)).toEqual([code]);
  });
});

describe("what Compose has and Swarm has not is refused with what to do instead", () => {
  test.each<[string, unknown]>([
    ...[
      ["privileged", true],
      ["pid", "host"],
      ["network_mode", "host"],
      ["networks", {}],
      ["devices", []],
    ],
    ...[
      ["build", "."],
      ["depends_on", ["db"]],
      ["container_name", "a"],
      ["security_opt", []],
      ["macAddress", "x"],
    ],
  ] as [string, unknown][])("%s", (option, value) => {
    const [finding, ...rest] = findingsOf((app) => {
      small(app, { gateway: false, service: { [option]: value } });
    });
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: "LF024", hint: expect.not.stringMatching(/did you mean|its options are/) });
  });
});

describe("a fleet is refused, once for each mistake, for", () => {
  test.each<[string, Partial<FleetProps>, string]>([
    ["no VMs at all", { size: 0 }, "LF004"],
    ["a negative size", { size: { min: -1, max: 3 } }, "LF004"],
    ["a greatest size of nothing", { size: { min: 3, max: 0 } }, "LF004"],
    ["a start outside of its range", { size: { min: 2, max: 3, desired: 5 } }, "LF006"],
    ["a start with half a VM", { size: { min: 2, max: 3, desired: 2.5 } }, "LF004"],
    ["a share above one", { spot: 1.5 }, "LF004"],
    ["no zones", { zones: [] }, "LF013"],
    ["a disk in no unit", { disk: "20GB" as "20GiB" }, "LF003"],
    ["a tiny disk", { disk: "1MiB" }, "LF004"],
    ["a disk in no whole GiB", { disk: "10.5GiB" }, "LF004"],
    ["too many open files", { os: { openFiles: 2 ** 31 } }, "LF004"],
    ["a kernel parameter that is none", { os: { sysctl: { "rm -rf": 1 } } }, "LF018"],
    ["a kernel parameter of two lines", { os: { sysctl: { "vm.swappiness": "1\nkernel.panic = 1" } } }, "LF018"],
    ["a package that is none", { os: { packages: ["a; b"] } }, "LF018"],
    ["an image that is none", { os: { image: "ami-photon" } }, "LF018"],
    ["a tag of AWS's own", { tags: { "aws:x": "y" } }, "LF018"],
    ["a tag of ours", { tags: { "lightfleet:fleet": "y" } }, "LF018"],
    ["a tag with a template in it", { tags: { Team: "${x}" } }, "LF018"],
    ["a tag without a name", { tags: { "": "x" } }, "LF018"],
  ])("%s", (_, props, code) => {
    expect(ofFleet(props)).toEqual([code]);
  });

  test("a name that is reserved, or too long", () => {
    expect(codes(({ cluster }) => void new Fleet(cluster, "swarm", { machine: "t4g.small", size: 1 }))).toEqual([
      "LF001",
    ]);
    expect(codes(({ cluster }) => void new Fleet(cluster, "a".repeat(41), { machine: "t4g.small", size: 1 }))).toEqual([
      "LF001",
    ]);
    expect(codes(({ cluster }) => void new Fleet(cluster, "control", { machine: "t4g.small", size: 1 }))).toEqual([
      "LF002",
    ]);
  });
});

describe("a gateway is refused, once for each mistake, for", () => {
  test.each<[string, Partial<GatewayProps>, string]>([
    ["no routes", { routes: {} }, "LF019"],
    ["a host that is none", { hosts: ["https://example.com"] }, "LF018"],
    ["more hosts than a rule holds", { hosts: ["a.com", "b.com", "c.com", "d.com"] }, "LF004"],
    ["a certificate that is no ARN", { certificate: "${aws_acm_certificate.x.arn}" }, "LF018"],
  ])("%s", (_, props, code) => {
    expect(ofGateway(props)).toEqual([code]);
  });

  test("a service whose name leads to its tasks, where no port of the VM does", () => {
    const routed = (props: Partial<ServiceProps>): string[] =>
      codes(({ cluster, fleet }) => {
        const on = { on: fleet, image: "api:1", port: 80, discovery: "dns" } as const;
        new Gateway(cluster, "public", { routes: { "/": new Service(cluster, "api", { ...on, ...props }) } });
      });
    expect(routed({})).toEqual(["LF015"]);
    const taken = { discovery: "dns", port: 80, hostPort: 80 } as const;
    expect(
      synthesize((app) => {
        small(app, { service: taken });
      }).model.gateways,
    ).toHaveLength(1);
  });

  test.each(["", "cart", "/cart/", "/*", "/a?b", "//", `/${"a".repeat(126)}`, "/a".repeat(25)])(
    "the route '%s'",
    (path) => {
      expect(
        codes(({ cluster, service }) => void new Gateway(cluster, "public", { routes: { [path]: service } })),
      ).toEqual(["LF011"]);
    },
  );

  test("a route to a port that its service has not, or to any of two", () => {
    const routed = (port?: number): string[] =>
      codes(({ cluster, fleet }) => {
        const service = new Service(cluster, "api", { on: fleet, image: "api:1", ports: { a: 80, b: 81 } });
        new Gateway(cluster, "public", { routes: { "/": { service, ...(port !== undefined && { port }) } } });
      });
    expect(routed(82)).toEqual(["LF010"]);
    expect(routed()).toEqual(["LF010"]);
  });

  test("a route to a service of another cluster", () => {
    const declare = ({ service }: Small, app: App): void => {
      new Gateway(new Cluster(app, "other", { platform: aws({ region: "eu-west-1" }) }), "public", {
        routes: { "/": service },
      });
    };
    expect(codes(declare)).toEqual(["LF017"]);
  });
});

describe("a cluster is refused, once for each mistake, for", () => {
  test.each<[string, Partial<ClusterProps>, string]>([
    ["an account that is none", { account: "acme" }, "LF018"],
    ["managers on a machine that is none", { control: { machine: "t4g.smal" } }, "LF005"],
    ["an address range that is none", { platform: aws({ region: "eu-west-1", cidr: "10.0.0.1/16" }) }, "LF003"],
    ["an address range without room", { platform: aws({ region: "eu-west-1", cidr: "10.0.0.0/23" }) }, "LF020"],
    ["no zones", { platform: aws({ region: "eu-west-1", zones: [] }) }, "LF013"],
    ["zones of another region", { platform: aws({ region: "eu-west-1", zones: ["us-east-1a"] }) }, "LF013"],
    ["half a zone", { platform: aws({ region: "eu-west-1", zones: 1.5 }) }, "LF013"],
    ["a region that is like no other", { platform: aws({ region: "moon" }) }, "LF012"],
  ])("%s", (_, props, code) => {
    expect(ofCluster(props)).toEqual([code]);
  });

  test("an id that is none, twice over", () => {
    const declare = (_: Small, app: App): void => {
      for (const id of ["A", "A"]) new Cluster(app, id, { platform: aws({ region: "eu-west-1" }) });
    };
    expect(codes(declare)).toEqual(["LF001", "LF001"]);
  });

  test("an id that another has, in constructs of the user's own", () => {
    const declare = (_: Small, app: App): void => {
      const inner = new App({ outdir: app.outdir });
      void inner;
      new Cluster(app, "shop", { platform: aws({ region: "eu-west-1" }) });
    };
    expect(codes(declare)).toEqual(["LF002"]);
  });
});

describe("an edge is refused for", () => {
  const ofEdge = (declare: (parts: Small, app: App) => void): string[] => codes(declare);

  test("a variable that is none", () => {
    expect(ofEdge(({ service }) => void service.uses(external("a.com", 1), { as: "A=B" }))).toEqual(["LF018"]);
  });

  test("a variable that 'env' sets", () => {
    const declare = ({ cluster, fleet, service }: Small): void => {
      new Service(cluster, "api", { on: fleet, image: "api:1", env: { WEB: "x" } }).uses(service, { as: "WEB" });
    };
    expect(ofEdge(declare)).toEqual(["LF014"]);
  });

  test.each([0, 65_536, 1.5, NaN])("the port %d outside", (port) => {
    expect(ofEdge(({ service }) => void service.uses(external("a.com", port), { as: "A" }))).toEqual(["LF004"]);
  });

  test.each(["", "a b", "https://a.com", "${aws_db_instance.d.address}"])("the host '%s' outside", (host) => {
    expect(ofEdge(({ service }) => void service.uses(external(host, 1), { as: "A" }))).toEqual(["LF018"]);
  });

  test("a service of another cluster, with a way out", () => {
    const findings = findingsOf((app) => {
      const { service } = small(app, { gateway: false });
      const cluster = new Cluster(app, "other", { platform: aws({ region: "eu-west-1" }) });
      const fleet = new Fleet(cluster, "core", { machine: "t4g.small", size: 1 });
      new Service(cluster, "api", { on: fleet, image: "api:1" }).uses(service, { as: "WEB" });
    });
    expect(findings).toMatchObject([{ code: "LF017", path: "other/api", hint: expect.stringContaining("external") }]);
  });

  test("a declaration after the model was read", () => {
    expect(
      ofEdge(({ cluster, service }) => {
        void cluster.model;
        service.uses(external("a.com", 1), { as: "A" });
      }),
    ).toEqual(["LF023"]);
  });
});

describe("values that only Terraform knows are refused where the model is plain", () => {
  test.each<[string, (token: string) => (parts: Small) => void]>([
    [
      "labels",
      (token) =>
        ({ cluster, fleet }) =>
          void new Service(cluster, "api", { on: fleet, image: "a:1", labels: { a: token } }),
    ],
    [
      "tags",
      (token) =>
        ({ cluster }) =>
          void new Fleet(cluster, "more", { machine: "t4g.small", size: 1, tags: { a: token } }),
    ],
  ])("as in %s", (_, declare) => {
    const found = codes((parts) => {
      const raw = new TerraformResource(parts.cluster, "raw", { terraformResourceType: "terraform_data" });
      declare(raw.getStringAttribute("id"))(parts);
    });
    expect(found).toContain("LF022");
  });
});

describe("a host outside is refused that no container reaches", () => {
  test.each<[string, string]>([
    ["a URL", "https://a.com"],
    ["a port within it", "a.com:443"],
    ["an address of IPv6", "::1"],
    ["the container itself", "localhost"],
    ["a loopback address", "127.0.0.1"],
    ["the metadata service", "169.254.169.254"],
    ["letters that DNS does not have", "café.example.com"],
    ["a label of 64 characters", `${"a".repeat(64)}.example.com`],
    ["an empty label", "a..example.com"],
    ["254 characters", `${"a.".repeat(126)}aa`],
  ])("%s", (_, host) => {
    expect(codes(({ service }) => void service.uses(external(host, 443), { as: "A" }))).toEqual(["LF018"]);
  });

  test.each(["db.example.com", "db.example.com.", "10.1.2.3", "_sip.example.com", "a_b", "xn--caf-dma.example.com"])(
    "but not %s",
    (host) => {
      expect(() =>
        synthesize((app) => {
          small(app).service.uses(external(host, 443), { as: "A" });
        }),
      ).not.toThrow();
    },
  );
});

describe("a bucket for the state is refused that S3 cannot have", () => {
  test.each<[string, S3StateOptions]>([
    ["capitals", { bucket: "My-Bucket" }],
    ["two characters", { bucket: "ab" }],
    ["an address", { bucket: "10.0.0.1" }],
    ["two dots", { bucket: "a..b" }],
    ["a beginning that is reserved", { bucket: "xn--states" }],
    ["an end that is reserved", { bucket: "states-s3alias" }],
    ["a path with a slash before it", { bucket: "states", key: "/shop" }],
    ["a path of 1,025 bytes", { bucket: "states", key: "a".repeat(1_025) }],
    ["a region that is none", { bucket: "states", region: "eu-west" }],
  ])("%s", (_, state) => {
    expect(ofCluster({ state: s3(state) })).toEqual(["LF018"]);
  });
});

test("a service is not named as every container names itself", () => {
  expect(codes(({ cluster, fleet }) => void new Service(cluster, "localhost", { on: fleet, image: "a:1" }))).toEqual([
    "LF001",
  ]);
});

describe("a secret is refused whose source cannot exist", () => {
  test.each<[string, SecretSource]>([
    ["16 levels", ssm("/a".repeat(16))],
    ["1,012 characters", ssm(`/${"a".repeat(1_011)}`)],
    ["a name of SSM's own", ssm("ssm-db")],
    ["a name of AWS's own", ssm("aws.db")],
    ["the ARN of a parameter", ssm("arn:aws:ssm:eu-west-1:123456789012:parameter/a")],
    ["a version", ssm("/a:3")],
    ["513 characters", secretsManager("a".repeat(513))],
    ["the ARN of a secret", secretsManager("arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf")],
  ])("%s", (_, source) => {
    expect(codes(({ cluster }) => void new Secret(cluster, "db", { source }))).toEqual(["LF018"]);
  });

  test.each<[string, SecretSource]>([
    ["15 levels", ssm("/a".repeat(15))],
    ["a public parameter", ssm("/aws/service/ami")],
    ["512 characters", secretsManager("a".repeat(512))],
  ])("but not %s", (_, source) => {
    expect(() =>
      synthesize((app) => {
        new Secret(small(app).cluster, "db", { source });
      }),
    ).not.toThrow();
  });
});

test("the port of a host outside is known before the plan, as are replicas", () => {
  const found = findingsOf((app) => {
    const { cluster, fleet } = small(app, { gateway: false });
    const api = new Service(cluster, "api", { on: fleet, image: "api:1" });
    const raw = new TerraformResource(cluster, "db", { terraformResourceType: "aws_db_instance" });
    api.uses(external(raw.getStringAttribute("address"), raw.getNumberAttribute("port")), { as: "DB_ADDR" });
    new Service(cluster, "jobs", { on: fleet, image: "api:1", replicas: raw.getNumberAttribute("port") });
  });
  expect(found).toMatchObject([
    { code: "LF022", path: "shop/api", hint: expect.stringContaining("external(db.address, 5432)") },
    { code: "LF022", path: "shop/jobs" },
  ]);
});

test("nothing is written where anything is wrong", () => {
  withOutput((outdir) => {
    const app = new App({ outdir });
    const { cluster } = small(app);
    new Fleet(cluster, "core", { machine: "x", size: 0 });
    const error = errorOf(() => {
      app.synth();
    });
    expect(error.findings.map(({ code }) => code)).toEqual(["LF002", "LF004", "LF005"].sort());
    expect(() => error.findings.map(({ source }) => source!.line)).not.toThrow();
  });
});

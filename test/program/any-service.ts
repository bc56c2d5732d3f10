import fc from "fast-check";
import { command, http, tcp, type FileOptions, type Health, type ServiceProps } from "lightfleet";
import { ENTRYPOINT } from "./entrypoint.js";
import { anyText, hostileText, plainText, sized } from "./texts.js";

/** Props of a service that are plain values; those that name other constructs hold their places in the program's lists. */
export type PlainProps = Omit<Partial<ServiceProps>, "on" | "secrets" | "volumes"> & {
  readonly secrets?: Readonly<Record<string, number>>;
  readonly volumes?: Readonly<Record<string, number>>;
};
export type Prop = keyof PlainProps;
type Arbitraries = { readonly [P in Prop]-?: fc.Arbitrary<NonNullable<PlainProps[P]>> };

const among = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
const dictionary = <T>(
  key: fc.Arbitrary<string>,
  value: fc.Arbitrary<T>,
  maxKeys = 4,
): fc.Arbitrary<Record<string, T>> =>
  // A plain assignment would lose `__proto__`, which a program may well write.
  fc
    .uniqueArray(fc.tuple(key, value), { minLength: 1, maxLength: maxKeys, selector: ([name]) => name })
    .map((entries) => Object.fromEntries(entries));

const port = fc.oneof(among(1, 80, 443, 8080, 65_535), fc.integer({ min: 1, max: 65_535 }));
const MIB = [1, 4, 6, 8, 64, 1023, 1024, 1_048_576, 8_388_607, 9_007_199_254_740_991] as const;
const memory = fc.oneof(
  among(...MIB).map((amount) => `${amount}MiB` as const),
  among(0.25, 1.5, 12, 8192).map((amount) => `${amount}GiB` as const),
);
const milli = fc.oneof(
  among(0, 0.001, 0.01, 0.25, 1, 1.999, 64, 10_000, 9_000_000, 9e9),
  fc.integer({ min: 1, max: 9999 }).map((m) => m / 1000),
);
const whole = among(1, 2, 3, 1024, 32_768, 4_194_304, 2_147_483_647, 4_294_967_296, 9_007_199_254_740_991);
const duration = fc.oneof(
  among("1ms", "2ms", "999ms", "1s", "1.5s", "30s", "90m", "1000h", "2562047h", "2562048h", "99999999h"),
  fc.integer({ min: 1, max: 120_000 }).map((span) => `${span}ms`),
) as fc.Arbitrary<`${number}ms`>;
const path = fc
  .array(
    fc.oneof(
      fc.stringMatching(/^[\w.@+-]{1,12}$/),
      among("..", ".", "a b", "a:b", "a,b", "é", "{{x}}", "$x", "x".repeat(255)),
    ),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((parts) => `/${parts.join("/")}`);
const variable = fc.oneof(
  fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,20}$/),
  among(
    "__proto__",
    "constructor",
    "toString",
    "PATH",
    "HOME",
    "xpack.security.enabled",
    "a-b",
    "_",
    "A".repeat(300),
    "a b",
    "A=",
    "é",
    "",
  ),
);
const label = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9.]{0,20}[a-z]$/),
  among(
    "com.docker.stack.namespace",
    "com.docker.stack.image",
    "com.docker.swarm.service.name",
    "com.docker.service.x",
    "com.docker.lb.hosts",
    "lightfleet.cluster",
    "lightfleet.replicas",
    "a/b",
    "__proto__",
    "a b",
    "a=b",
    "🎉",
    "x".repeat(300),
  ),
);
const image = fc.oneof(
  among(
    "nginx:1.29",
    "nginx",
    "Alpine:3",
    "a b",
    "a\nb",
    "ghcr.io/acme/cart:1.8.2",
    "localhost:5000/a/b",
    "a/b:c:d",
    "-a",
    "a@b",
    "nginx:",
  ),
  among(
    "a".repeat(64),
    `nginx@sha256:${"a".repeat(64)}`,
    `nginx:1@sha256:${"b".repeat(64)}`,
    "nginx:1@sha256:abc",
    "docker.io/library/nginx:1",
  ),
  among(
    `a/${"b".repeat(300)}:1`,
    `nginx:${"t".repeat(128)}`,
    `nginx:${"t".repeat(129)}`,
    "a__b/c.d-e:1",
    "a..b:1",
    "a//b:1",
    "1.2.3.4/a:1",
  ),
  hostileText,
);
const probe = {
  every: duration,
  timeout: duration,
  retries: among(1, 3, 100, 2_147_483_647, 9_007_199_254_740_991),
  grace: fc.oneof(duration, among("0s" as const)),
};
const health: fc.Arbitrary<Health> = fc.oneof(
  fc
    .tuple(fc.array(anyText, { minLength: 1, maxLength: 4 }), fc.record(probe, { requiredKeys: [] }))
    .map(([words, options]) => command(words, options)),
  fc
    .tuple(
      fc.oneof(path, among("/", "/healthz?x=1&y=%20", "/a$b", "/{{x}}")),
      port,
      fc.record(probe, { requiredKeys: [] }),
    )
    .map(([at, to, options]) => http(at, { ...options, port: to })),
  fc.tuple(port, fc.record(probe, { requiredKeys: [] })).map(([to, options]) => tcp({ ...options, port: to })),
);
const ulimit = among(-2, -1, 0, 1, 1_024, 65_536, 2_147_483_648, 9_007_199_254_740_991);
const fileName = fc.oneof(
  fc.stringMatching(/^[\w.-]{1,20}$/),
  among(".", "..", "a/b", "é", "x".repeat(255), "x".repeat(256), "__proto__", "{{x}}"),
);
const content = fc.oneof(
  { weight: 30, arbitrary: anyText },
  { weight: 2, arbitrary: fc.constant("") },
  { weight: 1, arbitrary: sized(1_023_999, 1_024_000) },
);
const file = (mode: fc.Arbitrary<number>): fc.Arbitrary<string | FileOptions> => {
  const id = among(0, 1_000, 2_147_483_647);
  const some = fc.oneof(content, fc.uint8Array({ minLength: 1, maxLength: 40 }));
  return fc.oneof(content, fc.record({ content: some, mode, uid: id, gid: id }, { requiredKeys: ["content"] }));
};

/** Values of each prop that a program may write, at its edges and beyond: the language takes them, or refuses them. */
export const anyProp: Arbitraries = {
  image,
  // Tasks that fit on no VM keep an engine busy too: many of them are rare.
  replicas: fc.oneof(
    { weight: 90, arbitrary: among(0, 1, 2, 3) },
    { weight: 9, arbitrary: fc.constant(250) },
    { weight: 1, arbitrary: fc.constant(10_000) },
  ),
  everywhere: fc.boolean(),
  port,
  ports: dictionary(
    fc.oneof(fc.stringMatching(/^[a-z]{1,8}$/), among("__proto__", "a b", "🎉")),
    fc.oneof(port, fc.record({ port, hostPort: port }), fc.record({ port })),
    3,
  ),
  hostPort: port,
  cpu: milli,
  memory,
  cpuLimit: milli,
  memoryLimit: memory,
  pids: whole,
  shm: memory,
  maxPerVm: whole,
  platforms: fc.uniqueArray(among("linux/amd64" as const, "linux/arm64" as const)),
  env: dictionary(
    variable,
    fc.oneof({ weight: 9, arbitrary: anyText }, { weight: 1, arbitrary: sized(100_000, 131_000, 131_072) }),
  ),
  args: fc.array(fc.oneof({ weight: 9, arbitrary: anyText }, { weight: 1, arbitrary: sized(4096, 131_071, 131_072) }), {
    maxLength: 4,
  }),
  user: among(
    "0",
    "1000:1000",
    "app",
    "app:app",
    "a.b-c",
    "nobody",
    "4294967295",
    "2147483648:1",
    "-1",
    "a b",
    "{{x}}",
    "é",
    "x".repeat(300),
  ),
  openFiles: among(1_024, 1_048_576, 1_073_741_816),
  sysctl: dictionary(
    among(
      "net.core.somaxconn",
      "net.ipv4.ip_local_port_range",
      "net.ipv4.tcp_syncookies",
      "kernel.shmmax",
      "fs.mqueue.msg_max",
      "net.bogus",
      "kernel.sem",
    ),
    fc.oneof(among<string | number>(4096, "1024 65000", 0, "", "${x", "{{x}}", " 1", "🎉", -1), plainText),
  ),
  health,
  rollout: fc.record(
    {
      kind: fc.constant("rolling" as const),
      parallel: among(1, 2, 99, 99_999_999_999, 9_007_199_254_740_991),
      order: among("start-first" as const, "stop-first" as const),
      pause: fc.oneof(duration, among("0s" as const)),
      onFailure: among("rollback" as const, "pause" as const),
    },
    { requiredKeys: ["kind"] },
  ),
  stopGrace: duration,
  secrets: dictionary(fileName, fc.nat(2), 3),
  volumes: dictionary(path, fc.nat(3), 3),
  files: dictionary(path, file(among(0, 0o444, 0o755, 0o777, 0o4755, -1)), 3),
  readOnly: fc.boolean(),
  capabilities: fc.array(
    among("NET_BIND_SERVICE", "CAP_CHOWN", "SYS_ADMIN", "ALL", "NOT_A_CAP", "net_raw", "CHECKPOINT_RESTORE", "BPF", ""),
    { maxLength: 3 },
  ),
  labels: dictionary(label, anyText),
  entrypoint: fc.array(anyText, { maxLength: 3 }),
  workingDir: fc.oneof(path, among("/", "app", "", "/a//b", "/a/")),
  hostname: fc.oneof(
    fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9.-]{0,12}$/),
    among("x".repeat(64), "x".repeat(65), "a_b", "{{.Task.Slot}}", "$x", "é", ""),
  ),
  init: fc.boolean(),
  tty: fc.boolean(),
  stopSignal: among("SIGQUIT", "quit", "SIGRTMIN+3", "SIGRTMAX-14", "9", "SIGNONE", "SIGSTKFLT", ""),
  tmpfs: dictionary(path, memory, 3),
  ulimits: dictionary(
    among("memlock", "core", "nproc", "stack", "msgqueue", "rttime", "nofile", "bogus", "__proto__"),
    fc.oneof(ulimit, fc.record({ soft: ulimit, hard: ulimit })),
    3,
  ),
  addCapabilities: fc.array(among("SYS_ADMIN", "CAP_IPC_LOCK", "ALL", "CHOWN", "BPF", "none"), { maxLength: 2 }),
  dropCapabilities: fc.array(among("NET_RAW", "CAP_MKNOD", "ALL", "CHOWN", "IPC_LOCK"), { maxLength: 2 }),
  extraHosts: dictionary(
    fc.oneof(fc.stringMatching(/^[a-z][a-z0-9.-]{0,12}$/), among("a:b", "__proto__", "constructor", "A.b")),
    among("10.1.2.3", "255.255.255.255", "0.0.0.0", "::1", "10.1.2.256", "host-gateway", "01.2.3.4"),
    3,
  ),
  dns: fc.array(among("10.1.2.3", "1.1.1.1", "::1", "a.example.com"), { maxLength: 4 }),
  discovery: among("vip" as const, "dns" as const),
  restart: fc.record(
    {
      condition: among("any" as const, "on-failure" as const),
      delay: fc.oneof(duration, among("0s" as const)),
      maxAttempts: among(1, 5, 4_294_967_296, 9_007_199_254_740_991, 0),
      window: fc.oneof(duration, among("0s" as const)),
    },
    { requiredKeys: [] },
  ),
};

const probeThatWaits = { every: "1h", timeout: "1h", retries: 3, grace: "1h" } as const;
const cleanPath = fc.stringMatching(/^\/(data|etc|srv)\/[\w.@+-]{0,12}[a-z]$/);

/** The same for a service whose task can start here: what hangs on the image, the kernel or the machine is such that it can. */
export const runnableProp: Omit<Arbitraries, "image"> = {
  ...anyProp,
  replicas: fc.constant(1),
  // Ports of a VM are taken by one task at a time.
  hostPort: fc.integer({ min: 20_000, max: 29_999 }),
  ports: dictionary(fc.stringMatching(/^[a-z]{1,8}$/), port, 3),
  cpu: among(0, 0.001, 0.01, 0.02),
  memory: among("8MiB", "16MiB"),
  cpuLimit: among(0.05, 1, 1.5),
  memoryLimit: among("16MiB", "64MiB", "4096GiB"),
  // What looks into the container takes some too.
  pids: among(64, 1024, 4_194_304),
  // More than the machine's own limit takes a capability that not every machine gives its root.
  openFiles: among(1_024, 4_096),
  shm: among("1MiB", "65MiB"),
  user: among("0", "1000:1000", "app", "app:app", "65534", "0:1000"),
  sysctl: dictionary(
    among("net.core.somaxconn", "net.ipv4.tcp_syncookies", "kernel.shm_rmid_forced", "fs.mqueue.msg_max"),
    among<number | string>(1, "1"),
    2,
  ),
  health: fc.array(anyText, { minLength: 1, maxLength: 4 }).map((words) => command(words, probeThatWaits)),
  // Docker 20.10 starts no task with capabilities younger than it, nor with all where the machine's own root lacks one.
  capabilities: fc.array(among("NET_BIND_SERVICE", "CAP_CHOWN", "NET_RAW", "KILL", "net_raw", ""), { maxLength: 3 }),
  volumes: dictionary(cleanPath, fc.nat(1), 2),
  secrets: dictionary(fc.stringMatching(/^[\w.-]{0,19}[a-z]$/), fc.nat(2), 3),
  files: dictionary(cleanPath, file(among(0o444, 0o644, 0o755)), 3),
  entrypoint: anyText.map((word) => [...ENTRYPOINT, word]),
  workingDir: fc.oneof(cleanPath, among("/", "/tmp")),
  hostname: fc.oneof(fc.stringMatching(/^[a-z]([a-z0-9-]{0,10}[a-z0-9])?$/), among("a.example.com", "x".repeat(64))),
  tmpfs: dictionary(cleanPath, among("1MiB", "65MiB"), 2),
  // Below those that the machine gives its root, which not every machine lets raise them.
  ulimits: dictionary(
    among("core", "memlock", "msgqueue"),
    fc.oneof(among(0, 1_024, 65_536), fc.constant({ soft: 0, hard: 1_024 })),
    3,
  ),
  addCapabilities: fc.array(among("CAP_CHOWN", "NET_RAW"), { maxLength: 2 }),
  dropCapabilities: fc.array(among("MKNOD", "CAP_SYS_CHROOT", "AUDIT_WRITE"), { maxLength: 2 }),
};

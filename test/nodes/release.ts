import { createHash } from "node:crypto";
import { aws as awsPlatform, Cluster, Fleet, Gateway, http, Secret, Service, ssm, type ServiceProps } from "lightfleet";
import { publishedPorts } from "../../model/published-ports.js";
import { releaseBundle } from "../../node/release.js";
import { synthesize } from "../program/synthesize.js";
import { aws, BUCKET, offer, taken, tryAws, until } from "./lab.js";

/** What a release of the tests may vary. */
export interface Variant {
  /** Tag of the image of "web". */
  readonly web?: string;
  readonly props?: Partial<ServiceProps>;
  /** Whether "web" runs on each VM of its fleet, and not twice. @default false */
  readonly everywhere?: boolean;
  /** Name of the parameter that a service has as the file "canary". */
  readonly secret?: string;
  /** The service that has it. @default "web" */
  readonly secretOf?: "web" | "api";
  /** Whether the gateway leads to "web" as well as to "api". @default true */
  readonly routed?: boolean;
  /** How many services without tasks there are besides. @default 0 */
  readonly idle?: number;
  /** The version of the last of those. @default "1" */
  readonly idleVersion?: string;
}

/** Two services of the lab's own image on the fleet of the shop; "web" uses "api", and a gateway leads to both. */
export function release({
  web = "v1",
  props = {},
  everywhere = false,
  secret,
  secretOf = "web",
  routed = true,
  idle = 0,
  idleVersion = "1",
}: Variant = {}): {
  text: string;
  ports: Map<string, number>;
} {
  const { model } = synthesize((app) => {
    const shop = new Cluster(app, "shop", { platform: awsPlatform({ region: "eu-west-1", zones: 3 }) });
    const core = new Fleet(shop, "core", { machine: "m7i.large", size: { min: 3, max: 9 } });
    new Fleet(shop, "load", { machine: "c7i.large", size: 1 });
    // The machine of the lab cannot give a container more open files than it has itself.
    const common = {
      on: core,
      port: 80,
      openFiles: 16_384,
      memory: "16MiB",
      memoryLimit: "64MiB",
      stopGrace: "3s",
      health: http("/", { every: "2s", timeout: "3s", retries: 3, grace: "5s" }),
    } as const;
    const twice = { replicas: 2 };
    const canary = secret === undefined ? undefined : new Secret(shop, "canary", { source: ssm(secret) });
    const secretsOf = (service: string) => (service === secretOf && canary ? { secrets: { canary } } : {});
    const api = new Service(shop, "api", { ...common, ...twice, image: "registry.lf/demo:v1", ...secretsOf("api") });
    const front = new Service(shop, "web", {
      ...common,
      ...(everywhere ? { everywhere } : twice),
      image: `registry.lf/demo:${web}`,
      ...secretsOf("web"),
      ...props,
    });
    front.uses(api, { as: "API" });
    new Gateway(shop, "public", { routes: { ...(routed && { "/": front }), "/api": api } });
    for (let n = 1; n <= idle; n++)
      new Service(shop, `idle-${n}`, {
        ...{ on: core, replicas: 0, memory: "16MiB" },
        image: `registry.lf/demo:${n === idle ? idleVersion : "1"}`,
      });
  });
  return {
    text: JSON.stringify(releaseBundle(model, { volumeHosts: new Map() })),
    ports: publishedPorts(model),
  };
}

/** Puts a release where the managers look for it, as Terraform would. */
export async function put(text: string, digest = createHash("sha256").update(text).digest("hex")): Promise<string> {
  const body = offer("release.json", text);
  await aws(
    "s3api",
    "put-object",
    "--bucket",
    BUCKET,
    "--key",
    "release.json",
    "--body",
    body,
    "--metadata",
    `sha256=${digest}`,
  );
  return digest;
}

/** What the agent tells of a release. */
export interface Status {
  readonly release: {
    readonly state: string;
    readonly digest?: string;
    readonly error?: string;
    readonly running?: string;
  };
  readonly services: Readonly<
    Record<string, { state: string; desired: number; running: number; image: string; error?: string; nodes: string[] }>
  >;
}

export async function status(): Promise<Status | undefined> {
  const { code } = await tryAws("s3api", "get-object", "--bucket", BUCKET, "--key", "status.json", "/tmp/status.json");
  return code === 0 ? (JSON.parse(taken("status.json")) as Status) : undefined;
}

/** Until a release has come to an end; answers that and how long it took. */
export const settled = (digest: string, seconds = 240): Promise<{ value: Status | undefined; seconds: number }> =>
  until(
    "the release has come to its end",
    seconds,
    status,
    (now) =>
      now?.release.digest === digest &&
      /^(converged|rolled-back|failing|paused|refused|failed)$/.test(now.release.state),
  );

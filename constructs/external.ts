import { standIn } from "./address.js";

/** Something outside of the cluster that services may use. Made by {@link external}. */
export interface External {
  /** Tells it from a service. */
  readonly kind: "external";
  /** Host and port, as in `"db.example.com:5432"`, for values of a service: what has it uses the host. */
  readonly address: string;
  /** The host alone, likewise. */
  readonly host: string;
  /** The port alone, likewise, as a text. */
  readonly port: string;
}

/** A host outside and its port, as the program gave them. */
export interface Endpoint {
  readonly host: string;
  readonly port: number;
}

const endpoints = new WeakMap<object, Endpoint>();

/** What `external()` was given for what it gave, or undefined where that is something else. */
export const endpointOf = (value: unknown): Endpoint | undefined =>
  typeof value === "object" && value !== null ? endpoints.get(value) : undefined;

class Outside implements External {
  readonly kind = "external";

  constructor(endpoint: Endpoint) {
    endpoints.set(this, endpoint);
  }

  get address(): string {
    const { host, port } = endpoints.get(this)!;
    return standIn({ of: this, part: "address" }, `${host}:${port}`);
  }

  get host(): string {
    return standIn({ of: this, part: "host" }, String(endpoints.get(this)!.host));
  }

  get port(): string {
    return standIn({ of: this, part: "port" }, String(endpoints.get(this)!.port));
  }
}

/**
 * A host outside of the cluster. Its address stands in values of the services that use it, as in
 * `` env: { REDIS_URL: `rediss://${redis.address}/0` } ``.
 * @param host DNS name or address; a cdktf token is fine (`db.address`)
 * @param port TCP port, 1 to 65535; a number, and no cdktf token: a rule of the firewall is made for it, and AWS refuses two rules for
 * one port, so that it has to be known before the plan (LF022)
 */
export const external = (host: string, port: number): External => new Outside({ host, port });

/** Something outside of the cluster that services may use. Made by {@link external}. */
export interface External {
  /** Tells it from a service. */
  readonly kind: "external";
  /** DNS name or address. */
  readonly host: string;
  /** TCP port, 1 to 65535. */
  readonly port: number;
}

/**
 * A host outside of the cluster.
 * @param host DNS name or address; a cdktf token is fine (`db.address`)
 * @param port TCP port, 1 to 65535; a number, and no cdktf token: a rule of the firewall is made for it, and AWS refuses two rules for
 * one port, so that it has to be known before the plan (LF022)
 */
export const external = (host: string, port: number): External => ({ kind: "external", host, port });

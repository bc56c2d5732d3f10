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
 * @param port TCP port, 1 to 65535
 */
export const external = (host: string, port: number): External => ({ kind: "external", host, port });

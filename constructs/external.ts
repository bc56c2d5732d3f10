/** Something outside of the cluster that services may use. Made by {@link external}. */
export interface External {
  readonly kind: "external";
  readonly host: string;
  readonly port: number;
}

/**
 * A host outside of the cluster.
 * @param host DNS name or address; a cdktf token is fine (`db.address`)
 * @param port TCP port, 1 to 65535
 */
export const external = (host: string, port: number): External => ({ kind: "external", host, port });

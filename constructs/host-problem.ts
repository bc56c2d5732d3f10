/** A part of a DNS name; many systems take an underscore. */
const LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const LOOPBACK = /^(localhost|127(\.\d+){3})$/i;
/** The Amazon EC2 metadata service, which the firewall of the VMs keeps from containers. */
const METADATA = "169.254.169.254";

interface Problem {
  readonly message: string;
  readonly hint?: string;
}

/** Why a host outside of the cluster cannot be reached by a name or address, or undefined where it may be. */
export function hostProblem(host: string): Problem | undefined {
  const wrong = "must be a DNS name or an IPv4 address";
  if (/[${}]/.test(host))
    return { message: wrong, hint: "of a resource of yours, hand over the token, as in external(db.address, 5432)" };
  if (/^[^:/]+:\d+$/.test(host)) return { message: wrong, hint: "the port is the second argument of external()" };
  if (host.includes("/")) return { message: wrong, hint: "leave out the scheme and the path of a URL" };
  if (host.includes(":")) return { message: wrong, hint: "networks of clusters are IPv4" };
  if (LOOPBACK.test(host)) return { message: "is the container itself", hint: "declare a Service, and use that" };
  if (host === METADATA)
    return {
      message: "is the metadata service, which containers cannot reach",
      hint: "hand over what is needed from there as a secret or a variable",
    };
  const name = host.endsWith(".") ? host.slice(0, -1) : host;
  if (name.length > 253) return { message: `has ${name.length} characters, and a DNS name has 253 at most` };
  if (/[^\0-\x7f]/.test(name)) return { message: wrong, hint: "write a name with other letters as DNS has it, xn--…" };
  return name.split(".").every((label) => LABEL.test(label)) ? undefined : { message: wrong };
}

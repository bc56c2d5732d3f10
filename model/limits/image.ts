/**
 * What Docker takes for a container image: `[domain[:port]/]path[:tag][@digest]`, by the grammar of distribution/reference
 * (regexp.go, reference.go). Where versions differ, what Docker 20.10 takes: it counts the registry into the length of a name, and knows
 * no registry by an IPv6 address.
 */
const DOMAIN_PART = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const DOMAIN = `${DOMAIN_PART}(?:\\.${DOMAIN_PART})*(?::[0-9]+)?`;
const PATH_PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const PATH = new RegExp(`^${PATH_PART}(?:/${PATH_PART})*$`);
const WITH_DOMAIN = new RegExp(`^${DOMAIN}(?:/${PATH_PART})+$`);
const TAG = /^\w[\w.-]{0,127}$/;
const DIGESTS: Readonly<Record<string, RegExp>> = {
  sha256: /^[a-f0-9]{64}$/,
  sha384: /^[a-f0-9]{96}$/,
  sha512: /^[a-f0-9]{128}$/,
};
const NAME_LENGTH = 255;
/** Name, tag, and the longest digest. */
const LONGEST = NAME_LENGTH + 1 + 128 + 1 + "sha512:".length + 128;

/** Why a text is no reference to an image, or undefined where it is one. */
export function imageProblem(image: string): string | undefined {
  if (image === "") return "is empty";
  if (image.length > LONGEST) return `has ${image.length} characters, which no reference has`;
  const [named = "", digest, ...rest] = image.split("@");
  if (rest.length > 0) return "has more than one '@'";
  if (digest !== undefined) {
    const [algorithm = "", hex = "", ...more] = digest.split(":");
    const shape = Object.hasOwn(DIGESTS, algorithm) ? DIGESTS[algorithm] : undefined;
    if (shape === undefined || more.length > 0 || !shape.test(hex))
      return "has a digest that is none, as in sha256: and 64 digits of a-f and 0-9";
  }
  // A colon after the last slash begins the tag; one before it, a port.
  const colon = named.indexOf(":", named.lastIndexOf("/") + 1);
  const name = colon < 0 ? named : named.slice(0, colon);
  if (colon >= 0 && !TAG.test(named.slice(colon + 1)))
    return "has a tag that is none: up to 128 letters, digits, '_', '.' and '-', not beginning with '.' or '-'";
  return nameProblem(name);
}

function nameProblem(name: string): string | undefined {
  if (/^[a-f0-9]{64}$/.test(name)) return "is an id, which no registry knows";
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  // Without a dot or a port, and but for localhost, what is before the first slash is part of the path.
  const isDomain = /[.:]/.test(first) || first === "localhost";
  const path = isDomain ? name.slice(slash + 1) : name;
  if (/[A-Z]/.test(path)) return "has capitals in its name, which must be lower case";
  if (!(isDomain ? WITH_DOMAIN : PATH).test(name))
    return "has a name that is none: parts of a-z and 0-9, joined by '.', '_', '__' or '-', with '/' between them";
  const prefix = slash < 0 ? "docker.io/library/" : "docker.io/";
  const length = name.length + (isDomain ? 0 : prefix.length);
  return length > NAME_LENGTH ? `has a name of more than ${NAME_LENGTH} characters, registry included` : undefined;
}

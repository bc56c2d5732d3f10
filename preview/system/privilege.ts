import { DEFAULT_CAPABILITIES } from "../../model/limits/linux.js";
import type { Model, ServiceModel } from "../../model/schema.js";
import type { PrivilegeKind } from "../../model/policy.js";
import type { Change } from "../schema.js";
import { names, show } from "../values.js";
import { imageSource } from "./image-source.js";
import { renamesOf } from "./renames.js";

/** What a change lets a container do, or read, that it could not before. */
interface Rise {
  readonly kind: PrivilegeKind;
  readonly text: string;
}

/**
 * Adds to changes of services and secrets what they raise in privilege: a mark for policies, and a sentence each. The first
 * services of a cluster raise nothing.
 */
export function withPrivilege(changes: readonly Change[], base: Model, head: Model): Change[] {
  if (base.services.length === 0) return [...changes];
  const rises = new Map([...serviceRises(base, head), ...secretRises(base, head)]);
  return changes.map((change) => {
    const found = rises.get(change.id);
    if (found === undefined) return change;
    const marks = found.map(({ kind }) => `privilege-${kind}`);
    return {
      ...change,
      weight: weightOf(change, found),
      effect: [...change.effect, `raises privilege: ${found.map(({ text }) => text).join("; ")}`],
      marks: [...change.marks, "raises-privilege", ...new Set(marks)],
    };
  });
}

/** A new service whose image is of an owner that is new here too is told, and no warning by that alone. */
function weightOf({ action, weight }: Change, rises: readonly Rise[]): Change["weight"] {
  const isPlain = action === "add" && rises.every(({ kind }) => kind === "registry");
  return weight === "plain" && !isPlain ? "warning" : weight;
}

type ById = [id: string, rises: Rise[]];

function serviceRises(base: Model, head: Model): ById[] {
  const before = new Map(base.services.map((service) => [service.id, service]));
  for (const [from, to] of renamesOf(base, head)) before.set(to.id, from);
  const sources = new Set(base.services.map(({ image }) => imageSource(image)));
  const secrets = new Set(base.secrets.map(({ id }) => id));
  return head.services.flatMap((now): ById[] => {
    const was = before.get(now.id);
    const rises = [
      ...capabilityRise(was, now),
      ...rootRise(was, now),
      ...writableRise(was, now),
      ...registryRise(was, now, sources),
      ...secretRise(was, now, secrets),
      ...hostPortRise(was, now),
    ];
    return rises.length > 0 ? [[`service:${now.id}`, rises]] : [];
  });
}

type Was = ServiceModel | undefined;

function capabilityRise(was: Was, now: ServiceModel): Rise[] {
  const had = new Set(was?.capabilities ?? DEFAULT_CAPABILITIES);
  if (had.has("ALL")) return [];
  const more = (now.capabilities ?? DEFAULT_CAPABILITIES).filter((name) => !had.has(name));
  if (more.length === 0) return [];
  return [{ kind: "capabilities", text: `the container gets ${names(more, 14)}` }];
}

/** Whether a user is root by name or number, whatever the group. */
const isRoot = (user: string | null | undefined): boolean => /^(root|0+)(:|$)/.test(user ?? "");

function rootRise(was: Was, now: ServiceModel): Rise[] {
  if (isRoot(now.user)) return isRoot(was?.user) ? [] : [{ kind: "root", text: "it runs as root" }];
  const fell = was !== undefined && was.user !== null && !isRoot(was.user) && now.user === null;
  return fell
    ? [{ kind: "root", text: `it runs as the image's own user, which may be root, and not as ${was.user}` }]
    : [];
}

const writableRise = (was: Was, now: ServiceModel): Rise[] =>
  was?.readOnly === true && !now.readOnly ? [{ kind: "writable", text: "its root file system becomes writable" }] : [];

/** An image of another registry or owner; for a new service, one that no service of the base has an image of. */
function registryRise(was: Was, now: ServiceModel, sources: ReadonlySet<string | undefined>): Rise[] {
  const source = imageSource(now.image);
  if (source === undefined) return [];
  const before = was && imageSource(was.image);
  if (was === undefined ? sources.has(source) : before === source || before === undefined) return [];
  const from = before === undefined ? "" : `, and not from ${before}`;
  return [{ kind: "registry", text: `its image comes from ${show(source)}${from}` }];
}

/** Secrets that it did not have; for a new service, those that others had before. */
function secretRise(was: Was, now: ServiceModel, secrets: ReadonlySet<string>): Rise[] {
  const had = new Set(Object.values(was?.secrets ?? {}));
  const more = [...new Set(Object.values(now.secrets))].filter(
    (id) => !had.has(id) && (was !== undefined || secrets.has(id)),
  );
  return more.length > 0 ? [{ kind: "secret", text: `it reads the secret ${names(more)}` }] : [];
}

function hostPortRise(was: Was, now: ServiceModel): Rise[] {
  const had = new Set(was?.ports.map(({ hostPort }) => hostPort));
  const more = now.ports.flatMap(({ hostPort }) => (hostPort === null || had.has(hostPort) ? [] : [String(hostPort)]));
  return more.length > 0 ? [{ kind: "host-port", text: `it binds port ${names(more)} of its VMs` }] : [];
}

/** Secrets whose value comes from somewhere else, for services that had them before. */
function secretRises(base: Model, head: Model): ById[] {
  const before = new Map(base.secrets.map((secret) => [secret.id, secret]));
  return head.secrets.flatMap(({ id, from, name }): ById[] => {
    const was = before.get(id);
    if (was === undefined || (was.from === from && was.name === name)) return [];
    return [[`secret:${id}`, [{ kind: "secret", text: `its value is read from ${from} ${show(name)}` }]]];
  });
}

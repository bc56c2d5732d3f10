import { ENGINE_LIMITS } from "./limits/engine.js";

/** Kinds of things that have an id; fleets and gateways share their names, since both are groups of addresses. */
export type IdKind = "cluster" | "fleet" | "gateway" | "service" | "secret" | "volume" | "mesh";

const RESERVED = ["swarm", "cluster"];
const PLAIN = /^[a-z]([a-z0-9-]*[a-z0-9])?$/;
const WITH_UNDERSCORES = /^[a-z]([a-z0-9_-]*[a-z0-9])?$/;

/** What an id may be, and which place does not take more. */
interface IdRule {
  readonly max: number;
  /** Why `_` is not taken, where it is not. */
  readonly noUnderscore?: string;
  /** Which place takes no more characters. */
  readonly longest: string;
}

const RULES: Readonly<Record<IdKind, IdRule>> = {
  cluster: {
    max: 40,
    noUnderscore: "names of buckets and load balancers take no '_'",
    longest: "it begins the names of all that is in the swarm and in AWS",
  },
  fleet: { max: 40, noUnderscore: "names of security rules join ids by '_'", longest: "it is part of names in AWS" },
  gateway: { max: 40, noUnderscore: "names of load balancers take no '_'", longest: "it is part of names in AWS" },
  service: { max: 62, longest: "Docker's names and DNS have 63 characters, <cluster>_<service>" },
  secret: { max: 100, longest: "it is shown in names of the swarm" },
  mesh: { max: 100, longest: "it is shown in graphs" },
  volume: { max: 100, longest: "it is part of the name of a directory" },
};

/** Whether an id can be a cluster's. */
export const isLegalId = (id: string): boolean => idProblem("cluster", id) === undefined;

/** Why an id cannot be one of its kind, or undefined where it can. @param cluster the id of its cluster */
export function idProblem(kind: IdKind, id: string, cluster = ""): string | undefined {
  const { max, noUnderscore, longest } = RULES[kind];
  if (RESERVED.includes(id)) return "is a name of Lightfleet's own";
  if (kind === "service" && id === "localhost") return "is the name by which every container knows itself";
  if (!WITH_UNDERSCORES.test(id))
    return `must be of a-z, 0-9${noUnderscore === undefined ? ", '_'" : ""} and '-', beginning with a letter and ending with a letter or a digit`;
  if (noUnderscore !== undefined && !PLAIN.test(id)) return `must be without '_': ${noUnderscore}`;
  if (id.length > max) return `(${id.length} characters) must have ${max} at most: ${longest}`;
  const limit = { service: ENGINE_LIMITS.serviceName, volume: ENGINE_LIMITS.volumeName }[kind as string];
  const whole = cluster.length + 1 + id.length;
  return limit !== undefined && cluster !== "" && whole > limit.max
    ? `makes the name "${cluster}_${id}" of ${whole} characters: ${limit.of} has ${limit.max} at most`
    : undefined;
}

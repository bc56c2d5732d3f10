import { createHash } from "node:crypto";
import { NODE_RANGES } from "../model/addresses.js";
import { SWARM_PORTS } from "../model/ports.js";
import type { FleetModel, Model } from "../model/schema.js";
import { FILES } from "./files.gen.js";

/** Where the programs of a VM lie. */
const HOME = "/opt/lightfleet";

const EVERYWHERE = [
  "aws.py",
  "cleanup.py",
  "context.py",
  "engine.py",
  "guard.py",
  "leave.py",
  "main.py",
  "prepare.sh",
  "swarm.py",
] as const;
/** Only managers lead. */
const MANAGERS = ["lead.py"] as const;
/** Only the leader runs these, and only with the bucket at hand: they lie there, since user data has no room for them. */
const IN_BUCKET = [
  "apply.py",
  "bundle.py",
  "compare.py",
  "ecr.py",
  "extra.py",
  "images.py",
  "ingress.py",
  "leader.py",
  "mobile.py",
  "names.py",
  "narrow.py",
  "plan.py",
  "provide.py",
  "prune.py",
  "record.py",
  "reference.py",
  "registry.py",
  "release.py",
  "rotate.py",
  "spec.py",
  "spread.py",
  "status.py",
  "surge.py",
  "trial.py",
  "verify.py",
] as const;
const UNITS = ["lightfleet.service", "lightfleet.timer"] as const;

/** The programs of a VM and their units, by path. */
export function programFiles({ role }: FleetModel): Record<string, string> {
  const programs = [...EVERYWHERE, ...(role === "control" ? MANAGERS : [])];
  return {
    ...Object.fromEntries(programs.map((name) => [`${HOME}/${name}`, FILES[name]])),
    ...Object.fromEntries(UNITS.map((name) => [`/etc/systemd/system/${name}`, FILES[name]])),
  };
}

/** Programs by file name, as the leader takes them from the bucket: their text, and its sha256, which names the object. */
export function leaderPrograms(): LeaderPrograms {
  leader ??= readLeaderPrograms();
  return leader;
}

interface LeaderPrograms {
  readonly text: string;
  readonly digest: string;
}

/** Made once: they are the same for each fleet. */
let leader: LeaderPrograms | undefined;

function readLeaderPrograms(): LeaderPrograms {
  const text = JSON.stringify(Object.fromEntries(IN_BUCKET.map((name) => [name, FILES[name]])));
  return { text, digest: createHash("sha256").update(text).digest("hex") };
}

/** Where the leader's programs lie in the bucket. */
export const PROGRAMS_PREFIX = "programs/";

/** Names of the lifecycle hooks that a VM answers, the same for every group. */
export const HOOKS = { launching: "launching", terminating: "terminating" } as const;

/** Name of a fleet's autoscaling group. */
export const groupName = (cluster: string, fleet: string): string => `${cluster}-${fleet}`;

/** What the programs are told about the VM. */
export function nodeConfig(model: Model, fleet: FleetModel): object {
  const { region } = model.platform;
  return {
    cluster: model.cluster,
    fleet: fleet.id,
    role: fleet.role,
    region,
    domain: region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com",
    path: `/lightfleet/${model.cluster}`,
    group: groupName(model.cluster, fleet.id),
    pool: NODE_RANGES.overlay,
    dataPort: SWARM_PORTS.data,
    ...(fleet.role === "control" && { programs: leaderPrograms().digest }),
  };
}

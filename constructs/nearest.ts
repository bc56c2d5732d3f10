import { distance } from "fastest-levenshtein";

/** What Compose, Kubernetes, ECS and EC2 call options, in lower case without separators, and what they are called here. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  ami: ["os"],
  command: ["args"],
  configs: ["files"],
  containerport: ["port"],
  count: ["replicas", "size"],
  capadd: ["addCapabilities"],
  capdrop: ["dropCapabilities"],
  cpus: ["cpu"],
  desiredcapacity: ["size"],
  desiredcount: ["replicas"],
  endpointmode: ["discovery"],
  environment: ["env"],
  envvars: ["env"],
  expose: ["port"],
  imageid: ["os"],
  instances: ["replicas", "size"],
  instancetype: ["machine"],
  livenessprobe: ["health"],
  memlimit: ["memoryLimit"],
  memreservation: ["memory"],
  mounts: ["volumes"],
  nofile: ["openFiles"],
  nodes: ["on", "size"],
  pidslimit: ["pids"],
  placement: ["on"],
  probe: ["health"],
  readinessprobe: ["health"],
  readonlyrootfilesystem: ["readOnly"],
  rolling: ["rollout"],
  runasuser: ["user"],
  scale: ["replicas"],
  shmsize: ["shm"],
  stopgraceperiod: ["stopGrace"],
  stoptimeout: ["stopGrace"],
  tasks: ["replicas"],
  terminationgraceperiodseconds: ["stopGrace"],
  restartpolicy: ["restart"],
  updateconfig: ["rollout"],
  volumemounts: ["volumes"],
};

/** What may have been meant by a name that is not known. */
export function nearest(name: string, known: readonly string[]): string {
  return didYouMean(name, known) ?? `its options are ${[...known].sort().join(", ")}`;
}

/** A question for what was meant, where something is near. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  // What nobody can mean is not compared: it costs the product of the lengths.
  if (name.length > 100) return undefined;
  const meant = elsewhere(name, known) ?? similar(name, known) ?? known.find((other) => isLonger(name, other));
  return meant === undefined ? undefined : `did you mean '${meant}'?`;
}

function elsewhere(name: string, known: readonly string[]): string | undefined {
  const key = name.replace(/[_-]/g, "").toLowerCase();
  return Object.hasOwn(ELSEWHERE, key) ? ELSEWHERE[key]?.find((ours) => known.includes(ours)) : undefined;
}

function similar(name: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((other) => ({ other, steps: distance(name.toLowerCase(), other.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps);
  const [best] = ranked;
  return best !== undefined && best.steps <= Math.max(1, Math.floor(name.length / 3)) ? best.other : undefined;
}

const isLonger = (name: string, other: string): boolean => name.startsWith(other) && other.length > 3;

interface Unsupported {
  /** Why, as the rest of a sentence. */
  readonly why: string;
  /** What to do in its place. */
  readonly instead: string;
}

const privileged: Unsupported = {
  why: "Swarm starts no privileged containers",
  instead:
    "name what it needs by 'addCapabilities', and kernel parameters by 'sysctl' here or 'os.sysctl' of the fleet",
};
const namespaces: Unsupported = {
  why: "Swarm gives each task namespaces of its own",
  instead: "what watches the VM itself belongs into its image or 'os.packages' of the fleet",
};
const network: Unsupported = {
  why: "Swarm ignores it: a task is on the networks of its service",
  instead: "bind a port of the VM by 'hostPort', and reach others by uses()",
};
const address: Unsupported = {
  why: "Swarm gives tasks their addresses, others after each start",
  instead: "reach the service by its id, as uses() does",
};
const devices: Unsupported = {
  why: "Swarm hands no devices of the VM to tasks",
  instead: "run what needs one beside the swarm, and reach it by external()",
};
const gpus: Unsupported = {
  why: "Swarm knows GPUs as resources that each VM names, and VMs here name none",
  instead: "run what needs one beside the swarm, and reach it by external()",
};
const edges: Unsupported = {
  why: "networks follow from who uses whom",
  instead: "declare an edge by uses()",
};
const build: Unsupported = {
  why: "VMs pull images, and build none",
  instead: "build and push the image before the deploy, and name it by 'image'",
};
const order: Unsupported = {
  why: "Swarm starts services in no order",
  instead: "say whom it reaches by uses(), and let the program try again until the other answers",
};
const security: Unsupported = {
  why: "stacks of Swarm ignore it: tasks have Docker's own profiles",
  instead: "narrow the container by 'dropCapabilities', 'readOnly' and 'user'",
};

/** What Compose has for containers and Swarm has not, in lower case without separators. */
const UNSUPPORTED: Readonly<Record<string, Unsupported>> = {
  ...{ privileged, pid: namespaces, pidmode: namespaces, ipc: namespaces, usernsmode: namespaces, uts: namespaces },
  ...{
    networkmode: network,
    networks: edges,
    network: edges,
    macaddress: address,
    ipv4address: address,
    ipaddress: address,
  },
  ...{ devices, device: devices, gpus, devicecgrouprules: devices },
  ...{ build, dependson: order, links: order, externallinks: order, volumesfrom: order },
  ...{ securityopt: security, cgroupparent: security, cgroup: security },
  containername: {
    why: "Swarm names the containers of tasks itself",
    instead: "others reach the service by its id; what a container calls itself is its 'hostname'",
  },
};

/** Why no service has an option that Compose has, and what to do in its place; undefined for one that neither has. */
export function unsupported(option: string): Unsupported | undefined {
  const key = option.replace(/[_-]/g, "").toLowerCase();
  return Object.hasOwn(UNSUPPORTED, key) ? UNSUPPORTED[key] : undefined;
}

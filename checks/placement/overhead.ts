/**
 * What of a VM is not there for tasks. Swarm itself reserves nothing: it hands out all that `docker info` shows, so that a
 * node can be filled until its kernel ends processes. The planner keeps these back, and says where each comes from.
 */
export const OVERHEAD = {
  /**
   * Share of the machine type's memory that firmware, hypervisor and kernel keep: what `MemTotal` lacks.
   * 7.5 % is Karpenter's default for EC2 (`vmMemoryOverheadPercent`); EC2 types of 4 GiB and more lie at 4 to 6 %.
   */
  kernelShare: 0.075,
  /**
   * Photon's services, dockerd and containerd, in MiB. Measured: a booted node with systemd, sshd and dockerd takes 80 to
   * 100 MB, and 130 to 370 MB under load with page cache.
   */
  nodeMiB: 256,
  /** What a swarm manager takes beyond that: raft log, scheduler, dispatcher. Measured 120 to 340 MB, mostly on disk. */
  managerMiB: 256,
  /** The runtime's shim beside each container, in MiB resident. */
  taskMiB: 12,
  /** CPU of the system and Docker, in thousandths: what gossip, health checks and logs take of a core. Derived, not measured. */
  nodeCpuMilli: 100,
  /** What a manager takes beyond that. Derived, not measured. */
  managerCpuMilli: 100,
} as const;
